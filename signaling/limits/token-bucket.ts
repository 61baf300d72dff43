/** A bucket per socket: cheap, without timers, forgotten with its socket. */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: number,
  ) {
    this.#tokens = burst;
    this.#at = now;
  }

  /** @returns 0 when taken, else the milliseconds until `cost` is there. */
  take(cost: number, now: number): number {
    const grown = Math.max(0, now - this.#at) * (this.perSecond / 1000);
    this.#tokens = Math.min(this.burst, this.#tokens + grown);
    this.#at = now;
    if (this.#tokens < cost) return Math.ceil(((cost - this.#tokens) / this.perSecond) * 1000);
    this.#tokens -= cost;
    return 0;
  }

  /** Takes what is due afterwards, also more than there is: whatever comes next waits until that has grown again. */
  charge(cost: number): void {
    this.#tokens -= cost;
  }
}
