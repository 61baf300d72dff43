/** A clock that a test moves. */
import type { Clock, Release } from '../clock';

interface Job {
  every: number;
  next: number;
  work: () => Promise<void>;
}

export class FakeClock implements Clock {
  #now = Date.now();
  readonly #jobs = new Set<Job>();

  readonly now = (): number => this.#now;

  readonly every = (ms: number, work: () => Promise<void>): Release => {
    const job = { every: ms, next: this.#now + ms, work };
    this.#jobs.add(job);
    return () => this.#jobs.delete(job);
  };

  /** Moves on; every job that became due runs once, as after a long sleep of the machine, and is waited for. */
  async advance(ms: number): Promise<void> {
    this.#now += ms;
    for (const job of [...this.#jobs]) {
      if (job.next > this.#now) continue;
      job.next = this.#now + job.every;
      await job.work();
    }
  }
}
