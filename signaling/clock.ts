/** Time as a dependency, so that tests can let an hour pass without waiting for it. */

/** Undoes what its giver did. */
export type Release = () => void;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `work` every `ms` until released; a slow run delays the next one instead of overlapping it. */
  every(ms: number, work: () => Promise<void>): Release;
}

/** The real clock. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  every(ms, work) {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    const plan = () => {
      if (stopped) return;
      timer = setTimeout(() => void work().finally(plan), ms);
      timer.unref();
    };
    plan();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  },
};

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
