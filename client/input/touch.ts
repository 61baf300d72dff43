/**
 * Fingers on the picture: a tap is a click, a long press the right button, one finger drags over there, two fingers move
 * and zoom the picture here (or scroll over there, when all of it is in sight). Pure but for the clock.
 */
import type { Point } from '../media/viewport';

export interface TouchActs {
  tap(at: Point): void;
  longPress(at: Point): void;
  dragFrom(at: Point): void;
  dragTo(at: Point): void;
  drop(at: Point): void;
  /** Two fingers: how far their middle moved and how much they spread. */
  pinch(middle: Point, moved: Point, factor: number): void;
}

export interface TouchClock {
  now(): number;
  /** @returns cancels */
  after(ms: number, act: () => void): () => void;
}

export const PAGE_CLOCK: TouchClock = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const LONG_PRESS_MS = 500;
/** A finger is never quite still, in CSS pixels. */
const STILL = 10;
/** A second tap so soon and so near is meant for the same point: a double click. */
const DOUBLE_MS = 400;
const DOUBLE_NEAR = 30;

type State =
  | { at: 'idle' }
  | { at: 'pressed'; from: Point; cancel: () => void }
  | { at: 'dragging' }
  | { at: 'pinching' }
  /** Waits until every finger is gone. */
  | { at: 'done' };

export class Touch {
  #state: State = { at: 'idle' };
  #fingers: { id: number; at: Point }[] = [];
  #lastTap: { at: Point; when: number } | null = null;

  constructor(
    private readonly acts: TouchActs,
    private readonly clock: TouchClock,
  ) {}

  down(id: number, at: Point): void {
    this.#fingers = [...this.#fingers.filter((each) => each.id !== id), { id, at }];
    if (this.#fingers.length === 1 && this.#state.at === 'idle') {
      const cancel = this.clock.after(LONG_PRESS_MS, () => this.#longPress(at));
      this.#state = { at: 'pressed', from: at, cancel };
    } else if (this.#fingers.length === 2 && this.#state.at !== 'done') {
      this.#leave(at);
      this.#state = { at: 'pinching' };
    }
  }

  move(id: number, at: Point): void {
    const before = this.#fingers;
    const moved = before.find((each) => each.id === id);
    if (!moved) return;
    this.#fingers = before.map((each) => (each === moved ? { id, at } : each));
    switch (this.#state.at) {
      case 'pressed': {
        const { from, cancel } = this.#state;
        if (distance(from, at) <= STILL) return;
        cancel();
        this.#state = { at: 'dragging' };
        this.acts.dragFrom(from);
        this.acts.dragTo(at);
        return;
      }
      case 'dragging':
        this.acts.dragTo(at);
        return;
      case 'pinching': {
        const other = before.find((each) => each.id !== id);
        if (other) this.#pinch(moved.at, at, other.at);
      }
    }
  }

  up(id: number, at: Point): void {
    if (!this.#fingers.some((each) => each.id === id)) return;
    this.#fingers = this.#fingers.filter((each) => each.id !== id);
    if (this.#state.at === 'pressed') this.#tap(at);
    this.#leave(at);
    this.#state = this.#fingers.length === 0 ? { at: 'idle' } : { at: 'done' };
  }

  /** The browser took the fingers away, or control is over: nothing is clicked, what is dragged is dropped. */
  cancel(): void {
    this.#leave(this.#fingers[0]?.at ?? { x: 0, y: 0 });
    this.#fingers = [];
    this.#state = { at: 'idle' };
  }

  #leave(at: Point): void {
    if (this.#state.at === 'pressed') this.#state.cancel();
    if (this.#state.at === 'dragging') this.acts.drop(at);
  }

  #longPress(at: Point): void {
    this.#state = { at: 'done' };
    this.acts.longPress(at);
  }

  #tap(at: Point): void {
    const when = this.clock.now();
    const last = this.#lastTap;
    const again = last !== null && when - last.when < DOUBLE_MS && distance(last.at, at) < DOUBLE_NEAR;
    const where = again ? last.at : at;
    this.#lastTap = { at: where, when };
    this.acts.tap(where);
  }

  #pinch(from: Point, to: Point, other: Point): void {
    const factor = distance(to, other) / Math.max(1, distance(from, other));
    const middle = { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 };
    this.acts.pinch(middle, { x: (to.x - from.x) / 2, y: (to.y - from.y) / 2 }, factor);
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
