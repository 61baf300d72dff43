/** Where on the shared surface a point of the page lies. Pure. */
import type { Placement, Point, Size } from '../media/viewport';

/** 0 to 1 over the surface, from its left top corner; as `InputMessage` wants it. */
export interface SurfacePoint {
  x: number;
  y: number;
}

/**
 * Pixels of the page are as large as a pointer is fine: the middle of the one under the pointer is meant, or, where the
 * surface's own pixels are finer still, the middle of its pixel there.
 */
const middle = (scale: number, devicePixelRatio: number): number =>
  Math.min(0.5 / devicePixelRatio, 0.5 * scale);

const unit = (value: number): number => Math.min(Math.max(value, 0), 1);

/**
 * @param at in CSS pixels from the frame's left top corner
 * @param placement where the picture lies in the frame, zoom and pan included
 * @param picture the picture's own size in pixels
 * @returns a point outside the picture is moved to its edge, as a drag that leaves it needs; null without a picture
 */
export function toSurface(
  at: Point,
  placement: Placement,
  picture: Size,
  devicePixelRatio: number,
): SurfacePoint | null {
  const { scale, x, y } = placement;
  if (!(picture.width > 0 && picture.height > 0 && scale > 0)) return null;
  const to = middle(scale, devicePixelRatio);
  return {
    x: unit((at.x + to - x) / (picture.width * scale)),
    y: unit((at.y + to - y) / (picture.height * scale)),
  };
}

/** Whether a point of the frame lies on the picture and not beside it. */
export function isOnPicture(at: Point, { scale, x, y }: Placement, picture: Size): boolean {
  return at.x >= x && at.y >= y && at.x < x + picture.width * scale && at.y < y + picture.height * scale;
}
