import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actualSize,
  canPan,
  clamp,
  fit,
  MAX_SCALE,
  pan,
  reframe,
  zoomAt,
  type Placement,
  type Size,
} from './viewport';

const frame = { width: 800, height: 600 };
const picture = { width: 1920, height: 1080 };

const size = fc.record({
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});
const placement = fc.record({
  scale: fc.double({ min: 0.05, max: 8, noNaN: true }),
  x: fc.integer({ min: -9000, max: 9000 }),
  y: fc.integer({ min: -9000, max: 9000 }),
});

/** The picture covers the frame, or stands in its middle; on each axis. */
function isTidy(inside: Size, shown: Size, { scale, x, y }: Placement): boolean {
  const axis = (free: number, length: number, at: number) =>
    length <= free ? Math.abs(at - (free - length) / 2) < 1e-6 : at <= 1e-6 && at + length >= free - 1e-6;
  return axis(inside.width, shown.width * scale, x) && axis(inside.height, shown.height * scale, y);
}

describe('fit', () => {
  it('shows the whole picture in the middle', () => {
    expect(fit(frame, picture)).toEqual({ scale: 800 / 1920, x: 0, y: 75 });
  });

  it('survives a frame or picture without a size', () => {
    expect(fit({ width: 0, height: 0 }, picture).scale).toBe(1);
    expect(fit(frame, { width: 0, height: 0 }).scale).toBe(1);
  });
});

describe('actualSize', () => {
  it('uses one display pixel for one picture pixel', () => {
    expect(actualSize(frame, picture, 2)).toEqual({ scale: 0.5, x: -80, y: 30 });
  });
});

describe('zoomAt', () => {
  it('keeps the point under the pointer', () => {
    const from = { scale: 1, x: -500, y: -200 };
    const to = zoomAt(frame, picture, from, { x: 300, y: 200 }, 2);
    expect((300 - to.x) / to.scale).toBeCloseTo(800);
    expect((200 - to.y) / to.scale).toBeCloseTo(400);
  });

  it('stops at the largest scale', () => {
    expect(zoomAt(frame, picture, { scale: 7, x: 0, y: 0 }, { x: 0, y: 0 }, 100).scale).toBe(MAX_SCALE);
  });

  it('never leaves a gap, whatever is done', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 5000 }), y: fc.integer({ min: 0, max: 5000 }) });
    const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(size, size, placement, point, factor, (inside, shown, from, at, by) => {
        const start = clamp(inside, shown, from);
        return isTidy(inside, shown, zoomAt(inside, shown, start, at, by));
      }),
    );
  });
});

describe('pan', () => {
  it('stops at the edges', () => {
    expect(pan(frame, picture, { scale: 1, x: -10, y: -10 }, 500, 500)).toEqual({ scale: 1, x: 0, y: 0 });
    expect(pan(frame, picture, { scale: 1, x: 0, y: 0 }, -5000, -5000)).toEqual({
      scale: 1,
      x: -1120,
      y: -480,
    });
  });

  it('does not move a picture that is wholly visible', () => {
    const all = fit(frame, picture);
    expect(pan(frame, picture, all, 40, 40)).toEqual(all);
    expect(canPan(frame, picture, all)).toBe(false);
    expect(canPan(frame, picture, { scale: 1, x: 0, y: 0 })).toBe(true);
  });
});

describe('reframe', () => {
  it('keeps the middle when the frame grows', () => {
    const from = { scale: 2, x: -1000, y: -700 };
    const to = reframe(frame, { width: 1000, height: 700 }, picture, from);
    expect(500 - to.x).toBe(400 - from.x);
    expect(350 - to.y).toBe(300 - from.y);
  });
});
