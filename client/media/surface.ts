/**
 * What a captured picture shows, as far as the browser tells.
 *
 * Measured with Chromium 156 under X11: a window's track is labelled `window:4194314:0`, where 4194314 is the X id of
 * the program's own window (not of the window manager's frame), and its settings give that window's size without the
 * frame. A whole screen is `screen:356:0`, where 356 is the X id of its RandR monitor. `displaySurface` is `monitor`,
 * `window` or `browser`. Closing the window ends the track.
 */
import type { Surface } from '../../shared/protocol/helper';

/** The part of MediaStreamTrack that tells. */
export type Told = Pick<MediaStreamTrack, 'label' | 'getSettings'>;

const LABEL = /^(window|screen):(-?\d{1,20}):\d+$/;
const KINDS = new Map<string | undefined, Surface['kind']>([
  ['monitor', 'monitor'],
  ['window', 'window'],
  ['browser', 'tab'],
]);
const MAX_SIDE = 32_768;

/** @returns kind `unknown` where the browser does not say, an empty id where it has none */
export function surfaceOf(track: Told): Surface {
  const { displaySurface, width, height } = track.getSettings() as Partial<MediaTrackSettings>;
  const [, prefix, id = ''] = LABEL.exec(track.label) ?? [];
  return { kind: kindOf(displaySurface, prefix), id, width: side(width), height: side(height) };
}

/** Fails towards the larger surface: whatever calls itself a screen is one. */
function kindOf(displaySurface: string | undefined, prefix: string | undefined): Surface['kind'] {
  if (prefix === 'screen') return 'monitor';
  return KINDS.get(displaySurface) ?? (prefix === 'window' ? 'window' : 'unknown');
}

/** Pixels as the protocol bounds them. */
function side(pixels: number | undefined): number {
  return pixels !== undefined && Number.isFinite(pixels)
    ? Math.min(Math.max(Math.round(pixels), 0), MAX_SIDE)
    : 0;
}

/** Why a picture may not be shown under application selection. */
export type NotAWindow = 'monitor' | 'unknown';

/**
 * Application selection (RS-114): windows and browser tabs only.
 * @returns what is wrong, or null. A browser that does not say what was chosen is refused: it may be the whole screen.
 */
export function notAWindow({ kind }: Surface): NotAWindow | null {
  return kind === 'monitor' || kind === 'unknown' ? kind : null;
}
