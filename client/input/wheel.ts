/** Turns a WheelEvent into notches of a wheel, as the other computer counts them. Pure. */

/** What is read of a WheelEvent. `wheelDelta…` is old, and still the only exact count of notches there is. */
export interface WheelLike {
  deltaX: number;
  deltaY: number;
  deltaMode: number;
  shiftKey: boolean;
  wheelDeltaX?: number;
  wheelDeltaY?: number;
}

const LINES_PER_NOTCH = 3;
const PIXELS_PER_NOTCH = 100;
/** A page is as far as a person turns the wheel for it. */
const NOTCHES_PER_PAGE = 8;
const WHEEL_DELTA = 120;
const MOST = 100;

/**
 * Positive dy scrolls down, positive dx to the right; fine trackpads give fractions.
 *
 * Shift is pressed over there as well, so its meaning is left to the program there: a system here that has already
 * turned Shift + wheel into a sideways one is undone.
 */
export function notchesOf(event: WheelLike): { dx: number; dy: number } {
  const dx = notches(event.deltaX, event.wheelDeltaX, event.deltaMode);
  const dy = notches(event.deltaY, event.wheelDeltaY, event.deltaMode);
  return event.shiftKey && dy === 0 && Number.isInteger(dx) ? { dx: 0, dy: dx } : { dx, dy };
}

function notches(delta: number, wheelDelta: number | undefined, mode: number): number {
  if (!Number.isFinite(delta) || delta === 0) return 0;
  return Math.min(Math.max(inNotches(delta, wheelDelta, mode), -MOST), MOST);
}

function inNotches(delta: number, wheelDelta: number | undefined, mode: number): number {
  if (mode === 1) return delta / LINES_PER_NOTCH;
  if (mode === 2) return delta * NOTCHES_PER_PAGE;
  // A wheel that clicks counts in 120s; a trackpad hardly ever does so by chance.
  const whole = wheelDelta !== undefined && wheelDelta !== 0 && wheelDelta % WHEEL_DELTA === 0;
  const agrees = whole && Math.sign(wheelDelta) === -Math.sign(delta);
  return agrees ? -wheelDelta / WHEEL_DELTA : delta / PIXELS_PER_NOTCH;
}
