/** Everything around the chat that belongs to its window: the address, the company's page around it, presence, unread. */
import { ButtonState, EmbedQuery } from '../../../shared/protocol/embed';
import { PageAddress } from '../../../shared/protocol/chat-content';
import { texts } from '../../i18n/index.svelte';
import { HostPage } from '../../net/host-page';
import { takeConversation } from '../../session/chat/own-window';
import { StoredChat } from '../../session/chat/store';
import { VisitorChat } from '../../session/chat/visitor.svelte';

/** The query of the chat window; `login` is the old name of `owner`. Null: nobody's chat. */
export function readQuery(search: string): EmbedQuery | null {
  const { login, ...rest } = Object.fromEntries(new URLSearchParams(search));
  const named = Object.entries({ owner: login, ...rest }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const { owner, ...others } = Object.fromEntries(named);
  const parsed = EmbedQuery.safeParse({ ...others, owner: owner?.toUpperCase() });
  return parsed.success ? parsed.data : null;
}

/** The address of the page that led here, where the browser tells it. */
const referrer = (): string | null => PageAddress.safeParse(document.referrer).data ?? null;

export class ChatWindow {
  readonly chat: VisitorChat;
  readonly host = new HostPage();
  /** Not hidden by the loader. */
  shown = $state(true);
  #page: string | null = referrer();
  #title = '';
  readonly #releases: (() => void)[] = [];

  constructor(readonly query: EmbedQuery) {
    this.chat = new VisitorChat({
      address: query,
      language: () => texts.language,
      host: () => ({ page: this.#page, title: this.#title }),
    });
    if (this.host.there) {
      this.#releases.push(
        this.host.listen((message) => {
          this.shown = message.tasuki === 'open';
          if (message.tasuki !== 'open') return;
          this.#page = message.page;
          this.#title = message.title;
        }),
      );
    }
    void this.#load();
  }

  /** The page on which the button was pressed. */
  get page(): string | null {
    return this.#page;
  }

  /** Follows whether anybody is there, until released; needed only while no conversation goes on. */
  watchPresence(): () => void {
    const { owner, button } = this.query;
    const search = new URLSearchParams(button ? { owner, button } : { owner });
    const source = new EventSource(`/api/chat/presence?${search.toString()}`);
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      const state = ButtonState.safeParse(parseJson(data));
      if (state.success) this.chat.company.presence(state.data);
    });
    return () => source.close();
  }

  /** Hides the window; the conversation goes on. */
  hide(): void {
    this.host.tell({ tasuki: 'close' });
  }

  dispose(): void {
    for (const release of this.#releases) release();
    this.chat.dispose();
  }

  async #load(): Promise<void> {
    const taken = await takeConversation(StoredChat, location.hash);
    await this.chat.load(taken);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
