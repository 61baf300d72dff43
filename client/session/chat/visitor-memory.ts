/** The conversation that this browser has with one company, shared by its tabs. */
import type { ChatMessage } from '../../../shared/protocol/chat';
import { forgetChat, storeChat, storedChat, type StoredChat } from './store';
import { ChatTabs, alone } from './visitor-tabs';

export interface MemoryEvents {
  /** Another tab has begun one, or put it away: null. */
  changed: (stored: StoredChat | null) => void;
  /** Another tab wrote this, in that conversation. */
  sent: (chatId: string, message: ChatMessage) => void;
}

export class VisitorMemory {
  /** The one of this page; kept here when the browser stores nothing. */
  current: StoredChat | null = null;
  readonly #tabs: ChatTabs;

  constructor(
    private readonly owner: string,
    events: MemoryEvents,
  ) {
    this.#tabs = new ChatTabs(owner, (message) => {
      if (message.t === 'sent') events.sent(message.chatId, message.message);
      else void storedChat(owner).then(events.changed);
    });
  }

  /** What there is, whoever of the tabs began it. */
  find(): Promise<StoredChat | null> {
    return storedChat(this.owner);
  }

  /** Runs `work` while no other tab begins a conversation. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return alone(this.owner, work);
  }

  /** Keeps one, and tells the other tabs. */
  async keep(stored: StoredChat): Promise<void> {
    this.current = stored;
    await storeChat(stored);
    this.#tabs.tell({ t: 'changed' });
  }

  async forget(): Promise<void> {
    this.current = null;
    await forgetChat(this.owner);
    this.#tabs.tell({ t: 'changed' });
  }

  /** Tells the other tabs what was written here. */
  sent(chatId: string, message: ChatMessage): void {
    this.#tabs.tell({ t: 'sent', chatId, message });
  }

  close(): void {
    this.#tabs.close();
  }
}
