/** Which of the shared pictures a helper can operate. Pure. */
import type { Surface } from '../../shared/protocol/helper';

/** `none`: all that is shown can only be watched. */
export type Operable = 'all' | 'some' | 'none';

/** A tab moves inside its window, and what the browser does not name the helper cannot find: both are only watched. */
export function operableOf(surfaces: readonly Surface[]): Operable {
  // A place without a size is kept for a window that was closed, or not measured yet.
  const sized = surfaces.filter(({ width }) => width > 0);
  const shown = sized.length > 0 ? sized : surfaces;
  const found = shown.filter(({ kind, id }) => kind === 'monitor' || (kind === 'window' && id !== '')).length;
  if (found === shown.length) return 'all';
  return found > 0 ? 'some' : 'none';
}
