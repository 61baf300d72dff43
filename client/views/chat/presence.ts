/** Whether anybody is there, as the server tells it to everyone who looks at a button. */
import { ButtonState, type EmbedQuery } from '../../../shared/protocol/embed';

/** Tells the state now and whenever it changes, until released. */
export function watchPresence(
  { owner, button }: Pick<EmbedQuery, 'owner' | 'button'>,
  tell: (state: ButtonState) => void,
): () => void {
  const search = new URLSearchParams(button ? { owner, button } : { owner });
  const source = new EventSource(`/api/chat/presence?${search.toString()}`);
  source.addEventListener('state', ({ data }: MessageEvent<string>) => {
    const state = ButtonState.safeParse(parseJson(data));
    if (state.success) tell(state.data);
  });
  return () => source.close();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
