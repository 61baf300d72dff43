/**
 * Takes pointer and keyboard of an element over for the other computer while it is *held*: from a click on it (or
 * `take()`) until the focus goes elsewhere or the chord is pressed. Whatever the way it ends, `release` is sent.
 *
 * The element contains a textarea for the own input method; with theirs the element itself has the focus, where no input
 * method composes.
 */
import type { InputMessage } from '../../shared/protocol/input';
import type { Point } from '../media/viewport';
import { fingers, type Place } from './fingers';
import { listenFor } from './grab-events';
import { Keyboard, type KeyOutcome } from './keyboard';
import { lockKeyboard } from './keyboard-lock';
import { Outbox, type OutboxDeps } from './outbox';
import { PointerInput } from './pointer';
import { PAGE_CLOCK, Touch } from './touch';
import { notchesOf } from './wheel';
import { writtenMessages, textMessages } from './writing';

export interface GrabDeps extends OutboxDeps {
  mac: boolean;
  /** Control is wanted here and possible there. */
  enabled(): boolean;
  /** Composed here and sent as text; otherwise keys only. */
  composes(): boolean;
  /** The surface's point under a point of the page. @returns null without a picture */
  spot(at: Point): Place | null;
  /** `held` changed. `chord`: the person asked for it. */
  changed(held: boolean, chord: boolean): void;
  /** Two fingers, or a trackpad pinch: the picture here. @returns false when there is nothing to move or zoom */
  pinch(middle: Point, moved: Point, factor: number): boolean;
  /** The pointer is here, in CSS pixels of the page. */
  hover(at: Point): void;
  /** Ctrl+V: settles when the text that is about to be pasted is over there; null: nothing to wait for. */
  pasting(): Promise<void> | null;
}

const PINCH_SPEED = 0.01;

export class Grab {
  readonly outbox: Outbox;
  readonly #keyboard: Keyboard;
  readonly #pointer: PointerInput;
  readonly #touch: Touch;
  #element: HTMLElement | undefined;
  #composer: HTMLTextAreaElement | undefined;
  #held = false;
  /** The window went away, not the focus: it comes back by itself. */
  #suspended = false;
  #moving = false;
  #unlock: () => void = () => undefined;

  constructor(private readonly deps: GrabDeps) {
    this.outbox = new Outbox(deps);
    this.#keyboard = new Keyboard(deps.mac);
    this.#pointer = new PointerInput(this.outbox);
    this.#touch = new Touch(fingers(this.#pointer, this.outbox, deps), PAGE_CLOCK);
  }

  get held(): boolean {
    return this.#held;
  }

  /** @param composer the textarea inside the element. @returns lets go of everything and stops */
  attach(element: HTMLElement, composer: HTMLTextAreaElement): () => void {
    this.#element = element;
    this.#composer = composer;
    const off = new AbortController();
    this.#listen(element, composer, off.signal);
    return () => {
      off.abort();
      this.release();
      this.#element = this.#composer = undefined;
    };
  }

  /** Takes the keyboard (and with it the pointer) over, if control is possible. */
  take(): void {
    if (!this.deps.enabled() || !this.#element) return;
    this.#focus(this.deps.composes() ? this.#composer : this.#element);
    if (this.#held) return;
    this.#ready();
    this.#held = true;
    this.#suspended = false;
    this.#unlock = lockKeyboard();
    this.deps.changed(true, false);
  }

  /** Gives everything back and lets go of all keys and buttons over there. */
  release(chord = false): void {
    this.#touch.cancel();
    this.letGo();
    if (!this.#held) return;
    this.#held = false;
    this.#unlock();
    this.deps.changed(false, chord);
    // What is typed next is for the viewer, not for the textarea.
    if (chord) this.#focus(this.#element);
  }

  /** Lets go of all keys and buttons over there and goes on. */
  letGo(): void {
    const busy = this.#held || this.#keyboard.held.size > 0 || this.#pointer.down !== 0;
    this.#keyboard.clear();
    this.#pointer.clear();
    this.outbox.clear();
    if (busy) this.outbox.now({ t: 'release' });
  }

  #listen(element: HTMLElement, composer: HTMLTextAreaElement, signal: AbortSignal): void {
    listenFor(
      element,
      composer,
      {
        enabled: () => this.deps.enabled(),
        pointer: (event) => this.#onPointer(event),
        wheel: (event) => this.#onWheel(event),
        key: (event, down) => this.#held && this.#onKey(event, down),
        focused: () => this.#suspended && this.take(),
        blurred: (next) => this.#onBlur(next),
        composed: (text) => this.#write(textMessages(text) ?? []),
        written: (event) => this.#onInput(event),
        hidden: () => this.letGo(),
        fullscreen: () => this.#onFullscreen(),
        gone: () => this.release(),
      },
      signal,
    );
  }

  #onPointer(event: PointerEvent): void {
    if (!this.deps.enabled()) return;
    const at = { x: event.clientX, y: event.clientY };
    if (event.pointerType === 'touch') {
      this.#onTouch(event, at);
      return;
    }
    const found = this.deps.spot(at);
    if (!found) return;
    const { spot, inside } = found;
    if (event.type === 'pointerdown') {
      this.#element?.setPointerCapture(event.pointerId);
      this.take();
    }
    if (!this.#held) return;
    this.#send(this.#keyboard.reconcile(event));
    if (event.buttons !== 0) this.#keyboard.spoilChord();
    this.#pointer.pointer(event.type === 'pointercancel' ? { buttons: 0 } : event, spot, inside);
    this.deps.hover(at);
  }

  #onTouch(event: PointerEvent, at: Point): void {
    switch (event.type) {
      case 'pointerdown':
        this.#element?.setPointerCapture(event.pointerId);
        // A keyboard on the screen comes only when it is asked for.
        this.#touch.down(event.pointerId, at);
        return;
      case 'pointermove':
        this.#touch.move(event.pointerId, at);
        return;
      case 'pointerup':
        this.#touch.up(event.pointerId, at);
        return;
      default:
        this.#touch.cancel();
    }
  }

  #onWheel(event: WheelEvent): void {
    if (!this.#held || !this.deps.enabled()) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    const ctrl = [...this.#keyboard.held].some((code) => code.startsWith('Control'));
    if (event.ctrlKey && !ctrl) {
      // No key is down, so this is how browsers tell a pinch on a trackpad.
      this.deps.pinch(at, { x: 0, y: 0 }, Math.exp(-event.deltaY * PINCH_SPEED));
      return;
    }
    this.#keyboard.spoilChord();
    const found = this.deps.spot(at);
    if (found) this.#pointer.wheel(found.spot, notchesOf(event));
  }

  #onKey(event: KeyboardEvent, down: boolean): void {
    if (down && isPaste(event)) {
      const pasted = this.deps.pasting();
      if (pasted) {
        this.outbox.hold(pasted);
        this.#send(this.#keyboard.down(event, this.deps.composes()).send);
        event.stopPropagation();
        return; // not prevented: the browser tells by `paste` what the text is
      }
    }
    const outcome: KeyOutcome = down
      ? this.#keyboard.down(event, this.deps.composes())
      : this.#keyboard.up(event);
    this.#send(outcome.send);
    if (outcome.prevent) event.preventDefault();
    event.stopPropagation();
    if (outcome.leave) this.release(true);
  }

  #onInput(event: InputEvent): void {
    if (event.isComposing) return;
    this.#write(writtenMessages(event.inputType, event.data));
  }

  #write(messages: InputMessage[]): void {
    if (this.#held) this.#send(messages);
    this.#ready();
  }

  /** One character stays in the textarea, so that a keyboard on the screen has something to delete. */
  #ready(): void {
    if (this.#composer) this.#composer.value = '\u00a0';
  }

  #focus(target: HTMLElement | undefined): void {
    this.#moving = true;
    target?.focus({ preventScroll: true });
    this.#moving = false;
  }

  #onBlur(next: EventTarget | null): void {
    if (this.#moving || (next instanceof Node && this.#element?.contains(next))) return;
    this.#suspended = this.#held && !document.hasFocus();
    this.release();
  }

  #onFullscreen(): void {
    this.letGo();
    this.#unlock();
    if (this.#held) this.#unlock = lockKeyboard();
  }

  #send(messages: InputMessage[]): void {
    if (messages.length > 0) this.outbox.now(...messages);
  }
}

const isPaste = ({ code, key, ctrlKey, shiftKey, altKey, metaKey, repeat }: KeyboardEvent): boolean =>
  !repeat &&
  !altKey &&
  ((code === 'KeyV' && key.length === 1 && (ctrlKey || metaKey)) || (code === 'Insert' && shiftKey));
