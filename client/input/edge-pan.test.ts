import { describe, expect, it } from 'vitest';
import { edgeSpeed } from './edge-pan';

const frame = { width: 1000, height: 600 };

describe('a picture larger than its frame', () => {
  it('stays while the pointer is away from the edges or outside', () => {
    for (const at of [
      { x: 500, y: 300 },
      { x: 40, y: 560 },
      { x: -1, y: 300 },
      { x: 1001, y: 601 },
    ]) {
      expect(edgeSpeed(at, frame)).toEqual({ x: 0, y: 0 });
    }
  });

  it('shows what lies beyond the edge, faster the nearer the pointer', () => {
    expect(edgeSpeed({ x: 0, y: 300 }, frame)).toEqual({ x: 14, y: 0 });
    expect(edgeSpeed({ x: 1000, y: 600 }, frame)).toEqual({ x: -14, y: -14 });
    expect(edgeSpeed({ x: 16, y: 300 }, frame).x).toBeCloseTo(7);
  });

  it('has a calm middle even in the smallest frame', () => {
    expect(edgeSpeed({ x: 30, y: 30 }, { width: 60, height: 60 })).toEqual({ x: 0, y: 0 });
    expect(edgeSpeed({ x: 0, y: 0 }, { width: 0, height: 0 })).toEqual({ x: 0, y: 0 });
  });
});
