/**
 * The whole picture of the desk, and what was told while one was on its way: an answer that was made before must undo none
 * of it.
 */
import type { ChatEndedBy } from '../../../shared/protocol/chat';
import { ChatDeskState, type DeskChat } from '../../../shared/protocol/chat-desk';
import type { Failure } from '../../../shared/protocol/errors';
import type { ServerSocket } from '../../net/socket';

/** Pictures in a row that something was told after, before one is taken with what can be used of it: desks are busy. */
const MOST_OUTDATED = 3;
/** Where the server does not say when it may be asked again, and at the latest. */
const PAUSE_MS = { usual: 2_000, longest: 60_000 };
/** Ended conversations that are remembered; no answer is so late that more would be needed. */
const MOST_ENDED = 200;

export interface DeskPictureEvents {
  /** `newer`: more is known of that conversation, of `available` or `unread`, than this picture says. */
  load: (state: ChatDeskState, newer: (what: string) => boolean) => void;
  refused: (failure: Failure) => void;
}

export class DeskPicture {
  #fetching: Promise<void> | null = null;
  #again = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** What was told since the picture was asked for that is on its way. */
  #since: Set<string> | null = null;
  readonly #ended = new Map<string, ChatEndedBy>();

  constructor(
    private readonly socket: Pick<ServerSocket, 'request' | 'replace'>,
    private readonly events: DeskPictureEvents,
  ) {}

  /** Fetches everything; a second call while one is under way fetches once more, so that nothing is missed. */
  fetch(): Promise<void> {
    this.#again = true;
    return (this.#fetching ??= this.#fetch());
  }

  /** The page is left. */
  close(): void {
    clearTimeout(this.#later);
  }

  /** @param what was told anew: a conversation's id, `available` or `unread` */
  changed(what: string): void {
    this.#since?.add(what);
  }

  /** That conversation is over, for ever. */
  ended(chatId: string, by: ChatEndedBy): void {
    this.changed(chatId);
    this.#ended.set(chatId, by);
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined && this.#ended.size > MOST_ENDED) this.#ended.delete(oldest);
  }

  /** A snapshot that was taken before the end still says that the conversation goes on. */
  latest(snapshot: DeskChat): DeskChat {
    const by = this.#ended.get(snapshot.chatId);
    if (!by || snapshot.state === 'ended') return snapshot;
    return { ...snapshot, state: 'ended', endedBy: by, place: null, sessionId: null };
  }

  /** Too much was asked at once: nobody has to do anything about that. */
  #fetchLater(at = Date.now() + PAUSE_MS.usual): void {
    clearTimeout(this.#later);
    const pause = Math.min(Math.max(0, at - Date.now()), PAUSE_MS.longest);
    this.#later = setTimeout(() => void this.fetch(), pause);
  }

  async #fetch(): Promise<void> {
    clearTimeout(this.#later);
    let outdated = 0;
    try {
      while (this.#again) {
        this.#again = false;
        const since = (this.#since = new Set<string>());
        const ack = await this.socket.request('chat:watch', {}, ChatDeskState);
        if (ack.ok) {
          if (since.size > 0 && ++outdated < MOST_OUTDATED) this.#again = true;
          else this.events.load(ack, (what) => since.has(what));
        }
        // Unanswered: the line seems dead, and the next one brings the picture.
        else if (ack.error === 'failed') this.socket.replace();
        else if (ack.error === 'limited') this.#fetchLater(ack.retryAt);
        else if (ack.error !== 'not_allowed') this.events.refused(ack);
      }
    } finally {
      this.#since = null;
      this.#fetching = null;
    }
  }
}
