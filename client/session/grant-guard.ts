/**
 * When a click may switch a grant on (RS-84): only when no remote input can have made it. The page tells the helper that
 * it has the focus; from the helper's `guarding` on, remote input keeps off the page. A press that began before that —
 * also the one that merely gave the page the focus — counts for nothing.
 */
export class GrantGuard {
  #focused = false;
  /** Since when the page is guarded, on the clock of events (ms); null while it is not. */
  #since: number | null = null;
  /** What was pressed while the page was not guarded and is not over: the name of the press, and which of its name. */
  readonly #doubtful = new Map<string, number>();
  #presses = 0;
  /** The press whose event is being dealt with; a click that comes now is its own. */
  #acting: string | null = null;

  /** @param now the clock of `Event.timeStamp`, in ms */
  constructor(private readonly now = () => performance.now()) {}

  /** Whether a click made from now on counts. */
  get ready(): boolean {
    return this.#focused && this.#since !== null;
  }

  get focused(): boolean {
    return this.#focused;
  }

  /** The page got or lost the focus; either way the helper has to confirm anew. */
  setFocus(on: boolean): void {
    this.#focused = on;
    this.#since = null;
  }

  /** What the helper says. */
  confirm(on: boolean): void {
    this.#since = on ? (this.#since ?? this.now()) : null;
  }

  /**
   * A finger, button or key goes down.
   * @param name of the pointer or key, the same when it goes up
   * @param at when it did, on the clock of events (ms)
   */
  press(name: string, at: number): void {
    this.#acting = name;
    if (this.#focused && this.#since !== null && at > this.#since) this.#doubtful.delete(name);
    else this.doubt(name);
  }

  /** A key that repeats may have gone down before the page was guarded. */
  doubt(name: string): void {
    this.#acting = name;
    this.#doubtful.set(name, ++this.#presses);
  }

  /**
   * It goes up; whatever else is down stays as doubtful as it is.
   * @returns to be called when its click has been dealt with
   */
  release(name: string): () => void {
    this.#acting = name;
    const press = this.#doubtful.get(name);
    return () => {
      if (this.#doubtful.get(name) === press) this.#doubtful.delete(name);
      this.#dealtWith(name);
    };
  }

  /** @returns to be called when the press itself has been dealt with: Enter clicks without going up */
  pressed(name: string): () => void {
    return () => this.#dealtWith(name);
  }

  /**
   * Whether the click that is being dealt with is the person's own. Screen readers click without any press; such a click
   * counts only while nothing doubtful is down.
   */
  accepts(): boolean {
    if (!this.ready) return false;
    return this.#acting === null ? this.#doubtful.size === 0 : !this.#doubtful.has(this.#acting);
  }

  #dealtWith(name: string): void {
    if (this.#acting === name) this.#acting = null;
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
  // The click comes in the same turn as the press or the release that makes it.
  const pressed = (event: Event) => {
    const name = nameOf(event);
    if ((event as KeyboardEvent).repeat) guard.doubt(name);
    else guard.press(name, event.timeStamp);
    setTimeout(guard.pressed(name));
    if (!(event as KeyboardEvent).repeat) seen(); // whatever was missed: a pressed page knows whether it has the focus
  };
  const released = (event: Event) => void setTimeout(guard.release(nameOf(event)));
  const listeners: [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', seen],
    [window, 'pointerdown', pressed],
    [window, 'keydown', pressed],
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

/** A key by where it is, a pointer by its number; a mouse is one pointer whatever its buttons do. */
function nameOf(event: Event): string {
  const { code, pointerId } = event as Partial<KeyboardEvent & PointerEvent>;
  return pointerId === undefined ? `key ${code}` : `pointer ${pointerId}`;
}
