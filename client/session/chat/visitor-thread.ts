/** A conversation on the line: its messages, the remote session in it, and the way back to both after an interruption. */
import { utf8 } from '../../../shared/crypto/bytes';
import { sealKey } from '../../../shared/crypto/chat';
import type { Sodium } from '../../../shared/crypto/sodium';
import { ChatSnapshot, type ChatMessage } from '../../../shared/protocol/chat';
import type { Ack } from '../../../shared/protocol/errors';
import type { ServerSocket } from '../../net/socket';
import { ChatRemote } from './remote.svelte';
import type { StoredChat } from './store';
import { Repeatable } from './visitor-line';
import { VisitorTalk } from './visitor-talk.svelte';

const RETRY_MS = 3000;

export interface ThreadDeps {
  sodium: Sodium;
  socket: ServerSocket;
  stored: StoredChat;
  /** Worth a sound. */
  arrived: () => void;
  /** The server has taken a message of this tab. */
  sent: (message: ChatMessage) => void;
  /** The server knows it no more. */
  gone: () => void;
}

export class VisitorThread {
  readonly talk: VisitorTalk;
  readonly remote: ChatRemote;
  readonly #resuming = new Repeatable(() => this.#resume());
  #closed = false;

  constructor(private readonly deps: ThreadDeps) {
    const { sodium, socket, stored, arrived, sent } = deps;
    const talk = new VisitorTalk({ sodium, socket, stored, arrived, sent, reload: () => this.resume() });
    this.talk = talk;
    this.remote = new ChatRemote({
      sodium,
      socket,
      chatId: stored.chatId,
      key: () => (talk.conversation.epoch > 0 ? talk.conversation.key : null),
      say: (content) => talk.say(content),
    });
  }

  /** After a reload, or as another tab. */
  restore(): void {
    void this.remote.restore();
    if (this.deps.socket.connected) this.resume();
    else this.deps.socket.open();
  }

  /** Fetches the whole conversation; the socket is in it from then on. */
  resume(): void {
    void this.#resuming.ask();
  }

  /** @param comment sealed for the vault; empty: none */
  rate(stars: number, comment: string): Promise<Ack<object>> {
    const { sodium, stored } = this.deps;
    const box = comment === '' ? null : sealKey(sodium, utf8(JSON.stringify(comment)), stored.vaultKey);
    return this.talk.rate(stars, box);
  }

  close(): void {
    this.#closed = true;
    this.remote.dispose();
    this.talk.close();
  }

  /** A call, since the compiler believes that a field stays as it was over an `await`. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #resume(): Promise<void> {
    const { talk, remote } = this;
    const { socket, stored, gone } = this.deps;
    const { chatId, token } = stored;
    if (this.#isClosed() || !socket.connected) return;
    const ack = await socket.request('chat:resume', { chatId, token, after: -1 }, ChatSnapshot);
    if (this.#isClosed()) return;
    if (ack.ok) {
      talk.update(ack);
      // What was asked for since the answer was made, it cannot know.
      const end = ack.messages.at(-1)?.seq ?? -1;
      const asked = talk.entries.flatMap(({ seq, content }) =>
        content?.t === 'request' && seq !== null && seq <= end ? [content.sessionId] : [],
      );
      void remote.connected(ack.sessionId, asked);
    } else if (ack.error === 'session_gone') gone();
    else if (ack.error === 'limited') setTimeout(() => this.resume(), RETRY_MS);
    else socket.replace();
  }
}
