/**
 * Which of several pictures is looked at. Their places never change while a session lasts, but windows are closed and
 * others are added; so the choice is held by the stream. Pure.
 */
import type { SeenPicture } from '../../session/live-session.svelte';

/** What was chosen, and where it stood. */
export interface Choice {
  id: string;
  index: number;
}

type Seen = Pick<SeenPicture, 'index'> & { stream: Pick<MediaStream, 'id'> };

/** @returns the chosen picture while it is there; else what has its place now, the next one, or the last */
export function chosenOf<P extends Seen>(pictures: readonly P[], choice: Choice | null): P | null {
  if (!choice) return pictures[0] ?? null;
  return (
    pictures.find(({ stream }) => stream.id === choice.id) ??
    pictures.find(({ index }) => index >= choice.index) ??
    pictures.at(-1) ??
    null
  );
}
