/** A picture larger than its frame follows the pointer to the edges, as remote desktops do. Pure. */
import type { Point, Size } from '../media/viewport';

/** How near the edge it begins, in CSS pixels; less in small frames, whose middle stays calm. */
const NEAR = 32;
/** At the very edge, in CSS pixels a frame. */
const FASTEST = 14;

/** @returns by how many CSS pixels the picture moves now; nothing away from the edges and outside the frame */
export function edgeSpeed(at: Point, frame: Size): Point {
  if (at.x < 0 || at.y < 0 || at.x > frame.width || at.y > frame.height) return { x: 0, y: 0 };
  return { x: along(at.x, frame.width), y: along(at.y, frame.height) };
}

function along(at: number, size: number): number {
  const near = Math.min(NEAR, size / 6);
  if (near <= 0) return 0;
  const before = Math.max(0, (near - at) / near);
  const after = Math.max(0, (near - (size - at)) / near);
  return FASTEST * (before - after);
}
