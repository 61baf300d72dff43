/** The browser's events that `Grab` lives on, in one place: an element, the textarea in it, and the page around them. */

export interface GrabEvents {
  /** Whether the browser must leave a press on the element alone. */
  enabled(): boolean;
  pointer(event: PointerEvent): void;
  wheel(event: WheelEvent): void;
  key(event: KeyboardEvent, down: boolean): void;
  focused(): void;
  /** @param next what has the focus now, as far as it is known */
  blurred(next: EventTarget | null): void;
  /** The own input method has finished a text. */
  composed(text: string): void;
  written(event: InputEvent): void;
  /** The page is out of sight. */
  hidden(): void;
  fullscreen(): void;
  /** The page is left. */
  gone(): void;
}

const POINTER = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const;
/** The browser's own part of a press: focus, selection, going back a page, its menu. */
const OWN_PART = ['mousedown', 'mouseup', 'auxclick', 'contextmenu', 'dragstart', 'touchstart'] as const;

/** Listens until the signal is aborted. */
export function listenFor(
  element: HTMLElement,
  composer: HTMLTextAreaElement,
  events: GrabEvents,
  signal: AbortSignal,
): void {
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ) => element.addEventListener(type, handle, { signal, passive: false });
  for (const type of POINTER) on(type, (event) => events.pointer(event));
  for (const type of OWN_PART) {
    on(type, (event) => events.enabled() && event.cancelable && event.preventDefault());
  }
  on('wheel', (event) => events.wheel(event));
  on('keydown', (event) => events.key(event, true));
  on('keyup', (event) => events.key(event, false));
  on('focusin', () => events.focused());
  on('focusout', ({ relatedTarget }) => events.blurred(relatedTarget));
  composer.addEventListener('compositionend', ({ data }) => events.composed(data), { signal });
  composer.addEventListener('input', (event) => events.written(event as InputEvent), { signal });
  document.addEventListener('visibilitychange', () => document.hidden && events.hidden(), { signal });
  document.addEventListener('fullscreenchange', () => events.fullscreen(), { signal });
  addEventListener('pagehide', () => events.gone(), { signal });
}
