/** Tabs of one company's chat in one browser: they are one conversation. */
import { z } from '../../../shared/protocol/zod';
import { ChatId, ChatMessage } from '../../../shared/protocol/chat';

/**
 * `changed`: begun, or forgotten: look into the store. `sent`: what another tab wrote, with its place in the order, and in
 * which conversation: where the browser stores nothing, each tab may have one of its own.
 */
const TabMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('changed') }),
  z.strictObject({ t: z.literal('sent'), chatId: ChatId, message: ChatMessage }),
]);
export type TabMessage = z.infer<typeof TabMessage>;

export class ChatTabs {
  readonly #channel: BroadcastChannel | null;

  constructor(owner: string, heard: (message: TabMessage) => void) {
    this.#channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`tasuki-chat-${owner}`) : null;
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }) => {
      const parsed = TabMessage.safeParse(data);
      if (parsed.success) heard(parsed.data);
    };
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}

/** Runs `work` while no other tab does, so that two tabs never begin two conversations. */
export async function alone<T>(owner: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(`tasuki-chat-start-${owner}`, work);
}
