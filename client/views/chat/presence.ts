/** Whether anybody is there, as the server tells it to everyone who looks at a button. */
import { ButtonState, type EmbedQuery } from '../../../shared/protocol/embed';

/** After an answer that the browser takes as final, as while the server is being replaced. */
const AGAIN_MS = 20_000;

/** Tells the state now and whenever it changes, until released. */
export function watchPresence(
  { owner, button }: Pick<EmbedQuery, 'owner' | 'button'>,
  tell: (state: ButtonState) => void,
): () => void {
  const search = new URLSearchParams(button ? { owner, button } : { owner });
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/api/chat/presence?${search.toString()}`);
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      const state = ButtonState.safeParse(parseJson(data));
      if (state.success) tell(state.data);
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
