/** One conversation at the desk: what is known of it, its messages, and what the operator does there. */
import { chatSessionKey } from '../../../shared/crypto/chat';
import type { TamperKind } from '../../../shared/crypto/errors';
import { safetyWords } from '../../../shared/crypto/safety-words';
import type { Sodium } from '../../../shared/crypto/sodium';
import type {
  ChatClaim,
  ChatEndedBy,
  ChatMarks,
  ChatMessage,
  Colleague,
} from '../../../shared/protocol/chat';
import { MAX_CHAT_CHARS, type ChatContent } from '../../../shared/protocol/chat-content';
import type { ChatBlock, ChatRated, DeskChat } from '../../../shared/protocol/chat-desk';
import type { Ack } from '../../../shared/protocol/errors';
import type { ServerSocket } from '../../net/socket';
import { Conversation, type Entry } from './conversation';
import { staffKeys } from './conversation-keys';
import { Outbox } from './conversation-outbox';
import { StalePictures } from './conversation-stale';
import { forgetChat, keepChat, keptChat } from './desk-chat-kept';
import { MarkTeller } from './desk-chat-marks';
import type { ChatAccess, QuestionContent } from './desk-chat-question';
import { openRating, type Rating } from './desk-chat-rating';
import { cleanText } from './visitor-text';
import { TypingSeen, TypingSign } from './desk-chat-typing';

export interface OperatorChatDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'request'>;
  staff: ChatAccess;
  /** This operator's name, as customers see it. */
  name: string;
  /** Fetches the whole picture again. */
  reload: () => void;
}

export class OperatorChat {
  readonly id: string;
  readonly conversation: Conversation;
  #known = $state.raw() as DeskChat;
  #entries = $state.raw<readonly Entry[]>([]);
  #tampered = $state.raw<TamperKind | null>(null);
  #claims = $state.raw<readonly ChatClaim[]>([]);
  #read = $state(-1);
  #draft = $state('');
  /** The customer writes. */
  typing = $state(false);
  /** What is written is a note for the staff. */
  noting = $state(false);
  #rating = $state.raw<Rating | null>(null);
  readonly #outbox: Outbox;
  readonly #stale: StalePictures;
  readonly #sign = new TypingSign((on) => void this.#ask('chat:typing', { on }));
  readonly #seenSign = new TypingSeen((on) => (this.typing = on));
  readonly #marks = new MarkTeller((marks) => this.#ask('chat:seen', marks));

  constructor(
    private readonly deps: OperatorChatDeps,
    snapshot: DeskChat,
  ) {
    const { sodium, staff, socket } = deps;
    const { chatId, visitorKey, keyBox } = snapshot;
    this.id = chatId;
    this.#known = snapshot;
    const kept = keptChat(chatId);
    this.#draft = kept.draft;
    this.#read = kept.read;
    const keyOf = staffKeys(sodium, staff.access, { identityKey: staff.identityKey, visitorKey, keyBox });
    this.conversation = new Conversation({
      sodium,
      visitorKey,
      role: 'operator',
      keyOf,
      changed: () => this.#changed(),
    });
    this.#stale = new StalePictures(deps.reload);
    this.#outbox = new Outbox(this.conversation, {
      send: (message) => socket.request('chat:send', { chatId, message }),
      reload: deps.reload,
    });
    this.update(snapshot);
  }

  /** This operator's, as in what they write. */
  get name(): string {
    return this.deps.name;
  }
  /** What the server says of it; the messages are in `entries`. */
  get known(): DeskChat {
    return this.#known;
  }
  get entries(): readonly Entry[] {
    return this.#entries;
  }
  /** The server was caught at something. */
  get tampered(): TamperKind | null {
    return this.#tampered;
  }
  get ended(): boolean {
    return this.#known.state === 'ended';
  }
  /** What the customer thought of it; null: nothing said (yet). */
  get rating(): Rating | null {
    return this.#rating;
  }
  /** What the customer asked at the beginning; null when it cannot be read. */
  get question(): QuestionContent | null {
    const first = this.#entries[0]?.content;
    return first?.t === 'question' ? first : null;
  }
  /** The newest claim that an approved device made. */
  get claim(): ChatClaim | null {
    return this.#claims.at(-1) ?? null;
  }
  /** The same on the customer's page; null before the first claim. */
  get words(): number[] | null {
    const { key } = this.conversation;
    return this.claim && key ? safetyWords(this.deps.sodium, key) : null;
  }
  /** Messages of the customer that this operator has not seen. */
  get unread(): number {
    return this.#entries.filter(({ mine, seq }) => !mine && seq !== null && seq > this.#read).length;
  }
  /** Last `seq` that was shown. */
  get read(): number {
    return this.#read;
  }
  get draft(): string {
    return this.#draft;
  }
  set draft(text: string) {
    this.#draft = text;
    this.#keep();
  }

  /** The whole state again, after a (re)connection. What was told since it was taken is not undone by it. */
  update(snapshot: DeskChat): void {
    const { state, endedBy, place, staff } = this.#known;
    this.conversation.load(snapshot);
    this.conversation.mark(snapshot.marks);
    const stale = this.#stale.isBehind(snapshot, this.conversation);
    if (this.ended) this.#known = { ...snapshot, state, endedBy, place: null };
    else if (stale && snapshot.state !== 'ended') this.#known = { ...snapshot, state, place, staff };
    else this.#known = snapshot;
    if (this.ended) return this.#stop();
    void this.#outbox.flush();
    this.#tellMarks();
  }

  /** Something about it changed that is not a message. */
  change(part: Partial<Pick<DeskChat, 'staff' | 'peerPresent' | 'place' | 'sessionId'>>): void {
    this.#known = { ...this.#known, ...part };
  }

  /** Somebody ended it; what was said stays on the desk until it is dismissed. */
  finish(by: ChatEndedBy): void {
    this.#known = { ...this.#known, state: 'ended', endedBy: by };
    this.#stop();
  }

  /** The customer's verdict, after the end. */
  rated(rating: Pick<ChatRated, 'stars' | 'comment'>): void {
    this.#rating = openRating(this.deps.sodium, this.deps.staff.access, rating);
  }

  received(message: ChatMessage): void {
    if (message.from === 'customer') this.#seenSign.heard(false);
    if (this.conversation.add(message) === 'gap') this.deps.reload();
    this.#tellMarks();
  }

  claimed(claim: ChatClaim): void {
    if (this.conversation.claim(claim) === 'gap') this.deps.reload();
    if (this.ended || claim.epoch < this.conversation.epoch) return;
    this.#known = { ...this.#known, state: 'open', place: null };
    void this.#outbox.flush();
  }

  marked(marks: ChatMarks): void {
    this.conversation.mark(marks);
  }

  peerTyping(on: boolean): void {
    this.#seenSign.heard(on);
  }

  /** A key was pressed in the composer; notes are nobody else's business. */
  pressed(): void {
    if (!this.noting && this.#draft !== '') this.#sign.pressed();
    else this.#sign.stop();
  }

  /** Everything up to now is in front of the operator. */
  seen(): void {
    const { last } = this.conversation;
    if (last <= this.#read) return;
    this.#read = last;
    this.#keep();
    this.#tellMarks();
  }

  /** Sends a text, or keeps it as a note. @returns false when there is nothing to send, or too much */
  write(text: string): boolean {
    const plain = cleanText(text);
    if (plain === '' || plain.length > MAX_CHAT_CHARS || this.ended) return false;
    this.#sign.stop();
    this.say({ t: 'text', text: plain, by: this.deps.name }, this.noting ? 'note' : 'operator');
    this.draft = '';
    return true;
  }

  /** Puts any content at the end of the line. @returns the id of its entry */
  say(content: ChatContent, from: 'operator' | 'note' = 'operator'): string {
    return this.#outbox.write(content, from);
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }
  discard(id: string): void {
    this.conversation.discard(id);
  }

  /** Key of a remote session that is asked for here; null before the first claim. 64 bytes. */
  sessionKey(sessionId: string): Uint8Array | null {
    const { key } = this.conversation;
    return this.claim && key ? chatSessionKey(this.deps.sodium, key, sessionId) : null;
  }

  end = (): Promise<Ack<object>> => this.#ask('chat:end');
  leave = (): Promise<Ack<object>> => this.#ask('chat:leave');
  /** @param to a colleague's ID; null: back to the queue */
  transfer = (to: string | null): Promise<Ack<object>> => this.#ask('chat:transfer', { to });

  /** Brings a colleague in, and tells the customer who reads along from now on. */
  async invite({ id, name }: Pick<Colleague, 'id' | 'name'>): Promise<Ack<object>> {
    const ack = await this.#ask('chat:invite', { who: id });
    if (ack.ok) this.say({ t: 'guest', name, by: this.deps.name });
    return ack;
  }

  block = (hours: ChatBlock['hours']): Promise<Ack<object>> => this.#ask('chat:block', { hours });

  /** It is off this desk: not this operator's any more, or the page is left. */
  close(): void {
    this.#sign.stop();
    this.#seenSign.heard(false);
    this.#outbox.close();
  }

  #ask(event: string, more: object = {}): Promise<Ack<object>> {
    return this.deps.socket.request(event, { chatId: this.id, ...more });
  }

  #changed(): void {
    this.#entries = this.conversation.entries;
    this.#tampered = this.conversation.tampered;
    this.#claims = this.conversation.claims;
  }

  #stop(): void {
    this.close();
    forgetChat(this.id);
  }

  #tellMarks(): void {
    if (!this.ended) void this.#marks.tell({ delivered: this.conversation.last, seen: this.#read });
  }

  #keep(): void {
    keepChat(this.id, { draft: this.#draft, read: this.#read });
  }
}
