import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actualSize, clamp, fit, zoomAt, type Placement, type Size } from '../media/viewport';
import { isOnPicture, toSurface } from './position';

const size = (least: number, most: number) =>
  fc.record({ width: fc.integer({ min: least, max: most }), height: fc.integer({ min: least, max: most }) });
const RATIOS = fc.constantFrom(1, 1.25, 1.5, 2, 3);
/** The pixel that the helper hits: floor(x × width), at most width - 1. */
const pixel = (part: number, whole: number) => Math.min(Math.floor(part * whole), whole - 1);

const hit = (at: { x: number; y: number }, placement: Placement, picture: Size, ratio: number) => {
  const point = toSurface(at, placement, picture, ratio)!;
  return { x: pixel(point.x, picture.width), y: pixel(point.y, picture.height) };
};

describe('from the page to the surface', () => {
  it('names every pixel exactly at original size, whatever the device pixel ratio', () => {
    fc.assert(
      fc.property(
        size(300, 4000),
        size(300, 4000),
        RATIOS,
        fc.nat(),
        fc.nat(),
        (frame, picture, ratio, a, b) => {
          const placement = actualSize(frame, picture, ratio);
          const want = { x: a % picture.width, y: b % picture.height };
          const at = { x: placement.x + want.x / ratio, y: placement.y + want.y / ratio };
          expect(hit(at, placement, picture, ratio)).toEqual(want);
        },
      ),
    );
  });

  it('stays within one pixel of the surface when the picture is smaller or larger than that', () => {
    fc.assert(
      fc.property(
        size(300, 2000),
        size(300, 4000),
        RATIOS,
        fc.double({ min: 0.2, max: 6, noNaN: true }),
        fc.nat(),
        fc.nat(),
        (frame, picture, ratio, factor, a, b) => {
          const middle = { x: frame.width / 2, y: frame.height / 2 };
          const placement = zoomAt(frame, picture, fit(frame, picture), middle, factor);
          const want = { x: a % picture.width, y: b % picture.height };
          const at = { x: placement.x + want.x * placement.scale, y: placement.y + want.y * placement.scale };
          const got = hit(at, placement, picture, ratio);
          expect(Math.abs(got.x - want.x)).toBeLessThanOrEqual(1);
          expect(Math.abs(got.y - want.y)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('never leaves 0 to 1, and keeps left left and up up', () => {
    const point = fc.record({
      x: fc.double({ min: -5000, max: 9000, noNaN: true }),
      y: fc.double({ min: -5000, max: 9000, noNaN: true }),
    });
    fc.assert(
      fc.property(size(1, 3000), size(1, 5000), RATIOS, point, point, (frame, picture, ratio, from, to) => {
        const placement = clamp(frame, picture, { scale: 0.7, x: -200, y: 30 });
        const [a, b] = [from, to].map((at) => toSurface(at, placement, picture, ratio)!);
        for (const { x, y } of [a!, b!]) {
          expect(x >= 0 && x <= 1 && y >= 0 && y <= 1).toBe(true);
        }
        if (from.x <= to.x) expect(a!.x).toBeLessThanOrEqual(b!.x);
        if (from.y <= to.y) expect(a!.y).toBeLessThanOrEqual(b!.y);
      }),
    );
  });

  it('knows the bars beside the picture', () => {
    const frame = { width: 800, height: 400 };
    const picture = { width: 400, height: 400 };
    const placement = fit(frame, picture);
    expect(isOnPicture({ x: 199, y: 10 }, placement, picture)).toBe(false);
    expect(isOnPicture({ x: 200, y: 10 }, placement, picture)).toBe(true);
    expect(isOnPicture({ x: 600, y: 10 }, placement, picture)).toBe(false);
    expect(toSurface({ x: 0, y: 0 }, placement, picture, 1)).toEqual({ x: 0, y: 0.5 / 400 });
  });

  it('has no answer without a picture', () => {
    expect(toSurface({ x: 1, y: 1 }, { scale: 1, x: 0, y: 0 }, { width: 0, height: 0 }, 1)).toBeNull();
  });
});
