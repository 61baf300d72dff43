import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notchesOf, type WheelLike } from './wheel';

const wheel = (some: Partial<WheelLike>): WheelLike => ({
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  shiftKey: false,
  ...some,
});

describe('notches of a wheel', () => {
  it.each<[string, Partial<WheelLike>, { dx: number; dy: number }]>([
    ['Chromium on Windows', { deltaY: 100, wheelDeltaY: -120 }, { dx: 0, dy: 1 }],
    ['Chromium on Linux', { deltaY: -120, wheelDeltaY: 120 }, { dx: 0, dy: -1 }],
    ['Chromium, page zoomed to 150 %', { deltaY: 66.67, wheelDeltaY: -120 }, { dx: 0, dy: 1 }],
    ['three notches at once', { deltaY: 300, wheelDeltaY: -360 }, { dx: 0, dy: 3 }],
    ['Firefox, in lines', { deltaY: -3, deltaMode: 1 }, { dx: 0, dy: -1 }],
    ['a page', { deltaY: 1, deltaMode: 2 }, { dx: 0, dy: 8 }],
    ['a trackpad', { deltaX: 5, deltaY: -12.5, wheelDeltaX: -15, wheelDeltaY: 37 }, { dx: 0.05, dy: -0.125 }],
    ['a script without wheelDelta', { deltaY: 50 }, { dx: 0, dy: 0.5 }],
    ['a tilted wheel', { deltaX: 100, wheelDeltaX: -120 }, { dx: 1, dy: 0 }],
    ['Shift + wheel', { deltaY: 100, wheelDeltaY: -120, shiftKey: true }, { dx: 0, dy: 1 }],
    [
      'Shift + wheel, turned sideways by macOS',
      { deltaX: 100, wheelDeltaX: -120, shiftKey: true },
      { dx: 0, dy: 1 },
    ],
    [
      'Shift + a trackpad moved sideways',
      { deltaX: 7, wheelDeltaX: -21, shiftKey: true },
      { dx: 0.07, dy: 0 },
    ],
    ['nothing', {}, { dx: 0, dy: 0 }],
  ])('%s', (_name, event, notches) => {
    const { dx, dy } = notchesOf(wheel(event));
    expect(dx).toBeCloseTo(notches.dx, 6);
    expect(dy).toBeCloseTo(notches.dy, 6);
  });

  it('fits the protocol whatever a page makes up', () => {
    fc.assert(
      fc.property(
        fc.record({
          deltaX: fc.double(),
          deltaY: fc.double(),
          deltaMode: fc.integer({ min: 0, max: 3 }),
          shiftKey: fc.boolean(),
          wheelDeltaX: fc.option(fc.double(), { nil: undefined }),
          wheelDeltaY: fc.option(fc.double(), { nil: undefined }),
        }),
        (event) => {
          const { dx, dy } = notchesOf(event);
          expect(Math.abs(dx) <= 100 && Math.abs(dy) <= 100).toBe(true);
        },
      ),
    );
  });
});
