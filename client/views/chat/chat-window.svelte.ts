/** Everything around the chat that belongs to its window: the address, the company's page around it, presence, unread. */
import type { ButtonState, EmbedQuery } from '../../../shared/protocol/embed';
import { PageAddress } from '../../../shared/protocol/chat-content';
import { texts } from '../../i18n/index.svelte';
import { HostPage } from '../../net/host-page';
import { takeConversation } from '../../session/chat/own-window';
import { StoredChat } from '../../session/chat/store';
import { VisitorChat } from '../../session/chat/visitor.svelte';
import { watchPresence } from './presence';

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
    return watchPresence(this.query, (state: ButtonState) => this.chat.company.presence(state));
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
