/** The viewport as the person moves it: pointers, wheel, pinch and keys around the pure geometry. */
import type { Attachment } from 'svelte/attachments';
import {
  actualSize,
  canPan,
  clamp,
  fit,
  fitScale,
  pan,
  reframe,
  zoomAt,
  type Placement,
  type Point,
  type Size,
} from '../../media/viewport';

const NOTHING: Size = { width: 0, height: 0 };
const STEP = 1.25;
const PAN_STEP = 60;

export class Viewport {
  /** `fit` follows every change of the frame; `free` stays where it was put. */
  following = $state<'fit' | 'free'>('fit');
  frame = $state.raw<Size>(NOTHING);
  picture = $state.raw<Size>(NOTHING);
  #free = $state.raw<Placement>({ scale: 1, x: 0, y: 0 });
  #pointers: { id: number; at: Point }[] = [];
  /** The wheel means something to the other computer at the moment. */
  wheelTaken: () => boolean = () => false;

  readonly placement = $derived(
    this.following === 'fit' ? fit(this.frame, this.picture) : clamp(this.frame, this.picture, this.#free),
  );
  readonly movable = $derived(canPan(this.frame, this.picture, this.placement));
  /** Percent of the original size, in pixels of the display. */
  readonly percent = $derived(Math.round(this.placement.scale * devicePixelRatio * 100));
  readonly isActual = $derived(
    this.following === 'free' && Math.abs(this.placement.scale * devicePixelRatio - 1) < 0.001,
  );

  fit(): void {
    this.following = 'fit';
  }

  actualSize(): void {
    this.#put(actualSize(this.frame, this.picture, devicePixelRatio));
  }

  zoomIn(): void {
    this.#zoom(this.#middle, STEP);
  }

  zoomOut(): void {
    this.#zoom(this.#middle, 1 / STEP);
  }

  pan(dx: number, dy: number): void {
    if (this.movable) this.#put(pan(this.frame, this.picture, this.placement, dx, dy));
  }

  /** Two fingers: zooms around their middle and moves with it, in CSS pixels of the frame. */
  pinch(middle: Point, moved: Point, factor: number): void {
    this.#zoom(middle, factor);
    this.pan(moved.x, moved.y);
  }

  /** @returns whether the key meant something here */
  key(key: string): boolean {
    switch (key) {
      case '+':
      case ';': // + without Shift on Japanese keyboards
        this.zoomIn();
        return true;
      case '-':
        this.zoomOut();
        return true;
      case '0':
        this.fit();
        return true;
      case '1':
        this.actualSize();
        return true;
      case 'ArrowLeft':
      case 'ArrowRight':
        if (!this.movable) return false;
        this.pan(key === 'ArrowLeft' ? PAN_STEP : -PAN_STEP, 0);
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        if (!this.movable) return false;
        this.pan(0, key === 'ArrowUp' ? PAN_STEP : -PAN_STEP);
        return true;
      default:
        return false;
    }
  }

  /** For the element around the picture. */
  readonly attach: Attachment<HTMLElement> = (element) => {
    const sizes = new ResizeObserver(() => this.#reframe(element));
    sizes.observe(element);
    const wheel = (event: WheelEvent) => this.#wheel(event, element);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      sizes.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  };

  pointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (!this.movable && event.pointerType === 'mouse') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#pointers = [...this.#pointers, { id: event.pointerId, at: pointIn(event.currentTarget, event) }];
  }

  pointerMove(event: PointerEvent & { currentTarget: HTMLElement }): void {
    const before = this.#pointers;
    const moved = before.find(({ id }) => id === event.pointerId);
    if (!moved) return;
    const at = pointIn(event.currentTarget, event);
    this.#pointers = before.map((each) => (each === moved ? { id: each.id, at } : each));
    const other = before.find(({ id }) => id !== event.pointerId);
    if (!other) {
      this.pan(at.x - moved.at.x, at.y - moved.at.y);
      return;
    }
    const grown = distance(at, other.at) / Math.max(1, distance(moved.at, other.at));
    const half = { x: (at.x - moved.at.x) / 2, y: (at.y - moved.at.y) / 2 };
    this.pinch(middle(at, other.at), half, grown);
  }

  pointerUp(event: PointerEvent): void {
    this.#pointers = this.#pointers.filter(({ id }) => id !== event.pointerId);
  }

  get #middle(): Point {
    return { x: this.frame.width / 2, y: this.frame.height / 2 };
  }

  #put(placement: Placement): void {
    this.following = 'free';
    this.#free = placement;
  }

  #zoom(at: Point, factor: number): void {
    const next = zoomAt(this.frame, this.picture, this.placement, at, factor);
    // Zooming out ends where everything is visible.
    if (factor < 1 && next.scale <= fitScale(this.frame, this.picture)) this.fit();
    else this.#put(next);
  }

  #wheel(event: WheelEvent, element: HTMLElement): void {
    if (this.wheelTaken()) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#zoom(pointIn(element, event), Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.003)));
    } else if (this.movable) {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 20 : 1;
      const [dx, dy] =
        event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.pan(-dx * unit, -dy * unit);
    }
  }

  #reframe(element: HTMLElement): void {
    const before = this.frame;
    this.frame = { width: element.clientWidth, height: element.clientHeight };
    if (this.following === 'free') this.#free = reframe(before, this.frame, this.picture, this.#free);
  }
}

function pointIn(element: HTMLElement, event: MouseEvent): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
