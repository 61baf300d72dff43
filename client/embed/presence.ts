/** The state of a button, as the server tells it. One stream serves all buttons of the same set. */
import type { ButtonState } from '../../shared/protocol/embed';

type Tell = (state: ButtonState) => void;

/** Tells the state now, if it is known, and whenever it changes. @returns what ends it */
export type Watch = (tell: Tell) => () => void;

/** After an answer that the browser takes as final, as while the server is being replaced. */
const AGAIN_MS = 20_000;

export function watchPresence(address: string): Watch {
  const told = new Set<Tell>();
  let source: EventSource | null = null;
  let last: ButtonState | undefined;

  const close = () => {
    source?.close();
    source = null;
  };
  const turn = () => {
    // A page in the background needs no stream; browsers have only six for one HTTP/1.1 server.
    if (document.hidden || !told.size) close();
    else source ??= open();
  };
  const open = () => {
    const made = new EventSource(address);
    made.addEventListener('state', ({ data }: MessageEvent<string>) => {
      const state = (last = JSON.parse(data) as ButtonState);
      told.forEach((tell) => tell(state));
    });
    made.onerror = () => {
      if (made.readyState !== 2) return;
      close();
      setTimeout(turn, AGAIN_MS);
    };
    return made;
  };

  document.addEventListener('visibilitychange', turn);
  return (tell) => {
    told.add(tell);
    if (last) tell(last);
    turn();
    return () => {
      told.delete(tell);
      turn();
    };
  };
}
