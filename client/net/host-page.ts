/** The company's page around the chat window, as the window sees it (shared/protocol/embed-frame.ts). */
import { ToChatFrame, type FromChatFrame } from '../../shared/protocol/embed-frame';

type Release = () => void;

export class HostPage {
  readonly #origin: string | null;

  /** @param search of the page's address; its `host` is the origin of the company's page */
  constructor(search: string = location.search) {
    this.#origin = framed() ? originOf(new URLSearchParams(search).get('host')) : null;
  }

  /** Whether the window stands in the loader's frame. */
  get there(): boolean {
    return this.#origin !== null;
  }

  /** Is heard only by a page of that origin. */
  tell(message: FromChatFrame): void {
    if (this.#origin !== null) window.parent.postMessage(message, this.#origin);
  }

  /** Hears the loader until released; it says at once whether the window is shown. */
  listen(heard: (message: ToChatFrame) => void): Release {
    const take = ({ data, origin, source }: MessageEvent<unknown>) => {
      if (this.#origin === null || origin !== this.#origin || source !== window.parent) return;
      const message = ToChatFrame.safeParse(data);
      if (message.success) heard(message.data);
    };
    addEventListener('message', take);
    this.tell({ tasuki: 'ready' });
    return () => removeEventListener('message', take);
  }
}

const framed = (): boolean => window.parent !== window;

function originOf(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}
