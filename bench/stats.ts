/** The few statistics the benchmarks print. */

/** The value below which the share `q` (0 to 1) of the samples lies, interpolated between neighbours. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new Error('no samples');
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export interface Ratio {
  ratio: number;
  /** Bounds of the 95 % interval. */
  low: number;
  high: number;
}

/**
 * How many times as large the median of `ours` is as the median of `theirs`, with a bootstrap interval: with 30 noisy
 * samples a ratio alone says little. The random numbers are seeded, so the same samples give the same interval.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[], rounds = 2000): Ratio {
  const random = seeded(1);
  const again = (samples: readonly number[]) =>
    samples.map(() => samples[Math.floor(random() * samples.length)] ?? 0);
  const ratios = Array.from({ length: rounds }, () => median(again(ours)) / median(again(theirs)));
  return {
    ratio: median(ours) / median(theirs),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}

/** mulberry32: small, and good enough to draw samples. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Values = Record<string, number>;

/** `NAME key=value key=value`: whole numbers as they are, others with as many digits as they can bear. */
export function resultLine(name: string, values: Values): string {
  const pairs = Object.entries(values).map(([key, value]) => `${key}=${shortened(value)}`);
  return [name, ...pairs].join(' ');
}

function shortened(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
