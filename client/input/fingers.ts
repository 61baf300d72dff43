/** What fingers on the picture do to the other computer's pointer; which gesture it was says `touch.ts`. Knows no DOM. */
import type { Point } from '../media/viewport';
import type { Outbox } from './outbox';
import type { PointerInput, Spot } from './pointer';
import type { TouchActs } from './touch';

export interface Place {
  spot: Spot;
  /** On the picture, not beside it. */
  inside: boolean;
}

export interface FingerDeps {
  /** The surface's point under a point of the page. @returns null without a picture */
  spot(at: Point): Place | null;
  /** Two fingers: the picture here. @returns false when there is nothing to move or zoom */
  pinch(middle: Point, moved: Point, factor: number): boolean;
}

/** Two fingers scroll a page by a notch every so many CSS pixels. */
const PIXELS_PER_NOTCH = 40;

export function fingers(pointer: PointerInput, outbox: Outbox, deps: FingerDeps): TouchActs {
  const hold = (down: boolean) => (point: Point) => {
    const found = deps.spot(point);
    if (found) pointer.pointer({ buttons: down ? 1 : 0 }, found.spot, !down || found.inside);
  };
  const click = (button: number) => (point: Point) => {
    const found = deps.spot(point);
    if (found?.inside) pointer.click(found.spot, button);
  };
  return {
    tap: click(0),
    longPress: click(2),
    dragFrom: hold(true),
    dragTo: (point) => {
      const found = deps.spot(point);
      if (found && pointer.down) outbox.move({ t: 'move', ...found.spot });
    },
    drop: hold(false),
    pinch: (middle, moved, factor) => {
      if (deps.pinch(middle, moved, factor)) return;
      const found = deps.spot(middle);
      const [dx, dy] = [-moved.x / PIXELS_PER_NOTCH, -moved.y / PIXELS_PER_NOTCH];
      if (found) pointer.wheel(found.spot, { dx, dy });
    },
  };
}
