/** When to ask the helper for another link: soon after a loss, ever later while it keeps failing. Pure; epoch ms. */

/** How long an offer may take to become a link. */
const CONNECTING_MS = 12_000;
/** How long the helper may take to offer by itself, in a fresh epoch or after it noticed the loss too. */
const GRACE_MS = 2_000;
const LONGEST_MS = 30_000;
/** A link that lasted this long was a good one. */
const GOOD_AFTER_MS = 20_000;

export class RelinkClock {
  #at = Infinity;
  #failures = 0;
  #upSince = 0;

  /** A fresh epoch of the line: messages arrive again. */
  opened(now: number): void {
    this.#at = Math.min(this.#at, now + GRACE_MS);
  }

  offered(now: number): void {
    this.#at = now + CONNECTING_MS;
  }

  up(now: number): void {
    this.#upSince = now;
    this.#at = Infinity;
  }

  lost(now: number): void {
    if (this.#upSince && now - this.#upSince > GOOD_AFTER_MS) this.#failures = 0;
    this.#upSince = 0;
    this.#at = now + Math.min(LONGEST_MS, GRACE_MS * 2 ** this.#failures);
  }

  stop(): void {
    this.#at = Infinity;
    this.#failures = 0;
    this.#upSince = 0;
  }

  /** @returns whether to ask now; if so, the next time comes later */
  due(now: number): boolean {
    if (now < this.#at) return false;
    this.#failures++;
    this.#at = now + Math.min(LONGEST_MS, GRACE_MS * 2 ** this.#failures);
    return true;
  }
}
