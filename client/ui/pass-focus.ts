/** So long a dialog may take to close over what has gone. */
const MOST_FRAMES = 30;

/**
 * What had the keyboard has gone from the page: something else takes it. Nothing happens where the keyboard is elsewhere,
 * as in a dialog that stays.
 * @param next asked when it is time; null: nothing is there either
 */
export function passFocus(next: () => HTMLElement | null, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const closing = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
    if (closing && frames > 0) return passFocus(next, frames - 1);
    if (document.hasFocus() && document.activeElement === document.body) next()?.focus();
  });
}
