import { describe, expect, it } from 'vitest';
import { median, medianRatio, quantile, resultLine } from './stats';

describe('quantile', () => {
  it.each([
    [[5], 0.99, 5],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2.5],
    [[10, 20, 30, 40, 50], 0, 10],
    [[10, 20, 30, 40, 50], 1, 50],
    [[10, 20, 30, 40, 50], 0.95, 48],
  ])('of %j at %d is %d', (samples, q, expected) => {
    expect(quantile(samples, q)).toBeCloseTo(expected);
  });

  it('leaves its samples as they are', () => {
    const samples = [2, 1];
    median(samples);
    expect(samples).toEqual([2, 1]);
  });

  it('refuses nothing at all', () => expect(() => median([])).toThrow('no samples'));
});

describe('medianRatio', () => {
  const around = (centre: number) => Array.from({ length: 31 }, (_, i) => centre + (i - 15));

  it('is the ratio of the medians, inside its interval', () => {
    const { ratio, low, high } = medianRatio(around(120), around(100));
    expect(ratio).toBeCloseTo(1.2);
    expect(low).toBeLessThan(1.2);
    expect(high).toBeGreaterThan(1.2);
    expect(high - low).toBeLessThan(0.2);
  });

  it('has no width when nothing varies', () => {
    expect(medianRatio([50, 50], [50, 50])).toEqual({ ratio: 1, low: 1, high: 1 });
  });

  it('gives the same interval for the same samples', () => {
    expect(medianRatio(around(80), around(70))).toEqual(medianRatio(around(80), around(70)));
  });
});

describe('resultLine', () => {
  it('prints one line of keys and values', () => {
    expect(resultLine('photon', { ratio: 1.0449, median_ms: 61.26, samples: 30 })).toBe(
      'photon ratio=1.04 median_ms=61.3 samples=30',
    );
  });
});
