/**
 * Where the picture lies in its frame: pure geometry in CSS pixels. `x`, `y` is the picture's top left corner inside
 * the frame; one picture pixel is `scale` CSS pixels wide.
 */
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}
export interface Placement extends Point {
  scale: number;
}

export const MIN_SCALE = 0.05;
export const MAX_SCALE = 8;

const isEmpty = ({ width, height }: Size): boolean => !(width > 0 && height > 0);

/** The scale at which the whole picture is just visible. */
export function fitScale(frame: Size, picture: Size): number {
  if (isEmpty(frame) || isEmpty(picture)) return 1;
  return Math.min(frame.width / picture.width, frame.height / picture.height);
}

/** The whole picture, centred. */
export function fit(frame: Size, picture: Size): Placement {
  return centre(frame, picture, fitScale(frame, picture));
}

/** One picture pixel for one pixel of the display, centred. */
export function actualSize(frame: Size, picture: Size, devicePixelRatio: number): Placement {
  return centre(frame, picture, 1 / devicePixelRatio);
}

/** Multiplies the scale; the picture's point under `at` (in the frame) stays where it is, as far as the edges allow. */
export function zoomAt(frame: Size, picture: Size, from: Placement, at: Point, factor: number): Placement {
  const smallest = Math.min(MIN_SCALE, fitScale(frame, picture));
  const scale = limit(from.scale * factor, smallest, MAX_SCALE);
  const grown = scale / from.scale;
  return clamp(frame, picture, {
    scale,
    x: at.x - (at.x - from.x) * grown,
    y: at.y - (at.y - from.y) * grown,
  });
}

/** Moves the picture by so many CSS pixels. */
export function pan(frame: Size, picture: Size, from: Placement, dx: number, dy: number): Placement {
  return clamp(frame, picture, { ...from, x: from.x + dx, y: from.y + dy });
}

/** Keeps the middle of the frame on the same point of the picture when the frame changes its size. */
export function reframe(before: Size, frame: Size, picture: Size, from: Placement): Placement {
  return pan(frame, picture, from, (frame.width - before.width) / 2, (frame.height - before.height) / 2);
}

/** No gap at an edge where the picture is larger than the frame; centred where it is smaller. */
export function clamp(frame: Size, picture: Size, { scale, x, y }: Placement): Placement {
  return {
    scale,
    x: clampAxis(frame.width, picture.width * scale, x),
    y: clampAxis(frame.height, picture.height * scale, y),
  };
}

/** Whether there is anything to move. Half a pixel of rounding does not count. */
export function canPan(frame: Size, picture: Size, { scale }: Placement): boolean {
  return picture.width * scale > frame.width + 0.5 || picture.height * scale > frame.height + 0.5;
}

function centre(frame: Size, picture: Size, scale: number): Placement {
  return clamp(frame, picture, {
    scale,
    x: (frame.width - picture.width * scale) / 2,
    y: (frame.height - picture.height * scale) / 2,
  });
}

function clampAxis(frame: number, picture: number, at: number): number {
  return picture <= frame ? (frame - picture) / 2 : limit(at, frame - picture, 0);
}

const limit = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);
