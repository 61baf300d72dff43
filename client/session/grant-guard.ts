/**
 * When a click may switch a grant on (RS-84): only when no remote input can have made it. The page tells the helper that
 * it has the focus; from the helper's `guarding` on, remote input keeps off the page. A press that began before that —
 * also the one that merely gave the page the focus — counts for nothing.
 */
export class GrantGuard {
  #focused = false;
  #guarded = false;
  /** A press that is not over began while the page was not guarded. */
  #doubtful = false;

  /** Whether a click made from now on counts. */
  get ready(): boolean {
    return this.#focused && this.#guarded;
  }

  get focused(): boolean {
    return this.#focused;
  }

  /** The page got or lost the focus; either way the helper has to confirm anew. */
  setFocus(on: boolean): void {
    this.#focused = on;
    this.#guarded = false;
  }

  /** What the helper says. */
  confirm(on: boolean): void {
    this.#guarded = on;
  }

  /** A finger, button or key goes down. */
  press(): void {
    this.#doubtful = !this.ready;
  }

  /** A key that repeats may have gone down before the page was guarded. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** It is up again, and its click has been dealt with. */
  settle(): void {
    this.#doubtful = false;
  }

  /** Whether the click that is being dealt with is the person's own. Screen readers click without any press. */
  accepts(): boolean {
    return this.ready && !this.#doubtful;
  }
}

/**
 * Feeds a guard with what happens to this page.
 * @param focusChanged called with the page's focus, at once and whenever it changes
 * @returns a function that stops it
 */
export function watchPage(guard: GrantGuard, focusChanged: (on: boolean) => void): () => void {
  let known: boolean | undefined;
  const tell = (on: boolean) => {
    if (on === known) return;
    known = on;
    focusChanged(on);
  };
  const focused = () => tell(true);
  const blurred = () => tell(false);
  const seen = () => tell(document.visibilityState === 'visible' && document.hasFocus());
  const pressed = () => {
    guard.press();
    seen(); // whatever was missed: a page that is pressed knows whether it has the focus
  };
  const keyed = (event: Event) =>
    event instanceof KeyboardEvent && event.repeat ? guard.doubt() : pressed();
  // The click comes in the same turn as the release.
  const released = () => void setTimeout(() => guard.settle());
  const listeners: [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', seen],
    [window, 'pointerdown', pressed],
    [window, 'keydown', keyed],
    [window, 'pointerup', released],
    [window, 'pointercancel', released],
    [window, 'keyup', released],
  ];
  // Capturing: before any handler of the page, and even where one stops the event.
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener, true);
  // Not capturing: those would hear of every element of the page that gets or loses the focus.
  window.addEventListener('focus', focused);
  window.addEventListener('blur', blurred);
  seen();
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener, true);
    window.removeEventListener('focus', focused);
    window.removeEventListener('blur', blurred);
  };
}
