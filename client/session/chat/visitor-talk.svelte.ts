/** The visitor's one conversation: what is known of it, its messages, and what the visitor does there. */
import { chatVisitor } from '../../../shared/crypto/chat';
import { fromBase64 } from '../../../shared/crypto/encoding';
import type { TamperKind } from '../../../shared/crypto/errors';
import { safetyWords } from '../../../shared/crypto/safety-words';
import type { Sodium } from '../../../shared/crypto/sodium';
import type {
  ChatClaim,
  ChatEndedBy,
  ChatMarks,
  ChatMessage,
  ChatPlace,
  ChatSnapshot,
} from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { Ack } from '../../../shared/protocol/errors';
import type { ServerSocket } from '../../net/socket';
import { Conversation, type Entry } from './conversation';
import { customerKeys } from './conversation-keys';
import { Outbox } from './conversation-outbox';
import { StalePictures } from './conversation-stale';
import { MarkTeller } from './desk-chat-marks';
import { TypingSeen, TypingSign } from './desk-chat-typing';
import type { StoredChat } from './store';
import { VisitorReading } from './visitor-reading.svelte';
import { cleanText } from './visitor-text';

export interface TalkDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'request'>;
  stored: StoredChat;
  /** Fetches the whole conversation again. */
  reload: () => void;
  /** Something has happened on the other side: worth a sound. */
  arrived: () => void;
  /** The server has taken a message of this tab. */
  sent: (message: ChatMessage) => void;
}

/** Whether somebody answers: nobody has yet, somebody does, or it is over. */
export type TalkPhase =
  { at: 'waiting'; place: ChatPlace | null } | { at: 'open' } | { at: 'ended'; by: ChatEndedBy | null };

export class VisitorTalk {
  readonly id: string;
  readonly conversation: Conversation;
  #phase = $state.raw<TalkPhase>({ at: 'waiting', place: null });
  #entries = $state.raw<readonly Entry[]>([]);
  #claims = $state.raw<readonly ChatClaim[]>([]);
  #tampered = $state.raw<TamperKind | null>(null);
  #rated = $state(false);
  /** The operator's page is open. */
  peerPresent = $state(false);
  typing = $state(false);
  #ownerTypes = $state(false);
  readonly #outbox: Outbox;
  readonly #sign: TypingSign;
  readonly #seenSign = new TypingSeen((on) => (this.typing = on));
  readonly reading: VisitorReading;
  readonly #stale: StalePictures;

  constructor(private readonly deps: TalkDeps) {
    const { sodium, socket, stored, sent, reload } = deps;
    const visitor = chatVisitor(sodium, fromBase64(sodium, stored.seed));
    const { visitorKey } = visitor;
    const { chatId } = stored;
    this.id = chatId;
    this.conversation = new Conversation({
      sodium,
      visitorKey,
      role: 'customer',
      keyOf: customerKeys(sodium, stored.identityKey, visitor),
      changed: () => this.#changed(),
    });
    this.#outbox = new Outbox(this.conversation, {
      send: async (message) => {
        const ack = await socket.request<{ seq: number; at: number }>('chat:send', { chatId, message });
        if (ack.ok) sent({ ...message, seq: ack.seq, at: ack.at });
        return ack;
      },
      reload,
    });
    this.#stale = new StalePictures(reload);
    this.#sign = new TypingSign((on) => void this.#ask('chat:typing', { on }));
    const marks = new MarkTeller((told) => this.#ask('chat:seen', told));
    this.reading = new VisitorReading((told) => {
      if (!this.ended) void marks.tell(told);
    }, deps.arrived);
  }

  get phase(): TalkPhase {
    return this.#phase;
  }
  get ended(): boolean {
    return this.#phase.at === 'ended';
  }
  get entries(): readonly Entry[] {
    return this.#entries;
  }
  /** The checked claims; the last one names who answers. */
  get claims(): readonly ChatClaim[] {
    return this.#claims;
  }
  /** Who writes, as far as that is known: the server says whether it is the one whose claim was checked. */
  get typist(): string | null {
    return this.typing && this.#ownerTypes ? (this.#claims.at(-1)?.operator ?? null) : null;
  }
  /** While this one waits: nobody is there who could answer. */
  get nobodyThere(): boolean {
    return this.#phase.at === 'waiting' && this.#phase.place?.online === false;
  }
  /** Somebody in between was caught at something. */
  get tampered(): TamperKind | null {
    return this.#tampered;
  }
  /** The same on the operator's page; null before somebody answers. */
  get words(): number[] | null {
    const { key } = this.conversation;
    return this.#claims.length > 0 && key ? safetyWords(this.deps.sodium, key) : null;
  }
  get rated(): boolean {
    return this.#rated;
  }

  /** The whole conversation, after a (re)connection. What was told since it was taken is not undone by it. */
  update(snapshot: ChatSnapshot): void {
    const first = this.conversation.last < 0;
    this.conversation.load(snapshot);
    this.conversation.mark(snapshot.marks);
    this.#rated ||= snapshot.rated;
    const stale = this.#stale.isBehind(snapshot, this.conversation);
    if (!stale) this.peerPresent = snapshot.peerPresent;
    if (snapshot.state === 'ended' || !(stale || this.ended)) this.#phase = phaseOf(snapshot);
    this.#read(first);
    if (this.ended) this.close();
    else void this.#outbox.flush();
  }

  /** The question is with the server. */
  begun(question: ChatMessage, place: ChatPlace): void {
    this.conversation.load({ claims: [], messages: [question] });
    this.#phase = { at: 'waiting', place };
    this.#read(true);
  }

  received(message: ChatMessage): void {
    if (message.from === 'operator') this.#seenSign.heard(false);
    const added = this.conversation.add(message);
    if (added === 'gap') this.deps.reload();
    if (added === 'new') this.#read();
  }

  claimed(claim: ChatClaim): void {
    if (this.conversation.claim(claim) === 'gap') this.deps.reload();
    // One that does not verify is nobody's; one that was followed by another says nothing new.
    if (this.ended || this.conversation.epoch !== claim.epoch) return;
    this.#phase = { at: 'open' };
    this.peerPresent = true;
    this.deps.arrived();
    void this.#outbox.flush();
  }

  waits(place: ChatPlace): void {
    // One that was on its way while somebody claimed it holds no more.
    if (this.ended || place.epoch < this.conversation.epoch) return;
    this.#phase = { at: 'waiting', place };
  }

  marked(marks: ChatMarks): void {
    this.conversation.mark(marks);
  }

  /** @param owner whether it is the operator who claimed it last; else nobody knows whose hand it is */
  peerTyping(on: boolean, owner = false): void {
    this.#ownerTypes = owner;
    this.#seenSign.heard(on);
  }

  over(by: ChatEndedBy | null): void {
    if (this.ended) return;
    this.#phase = { at: 'ended', by };
    this.close();
    this.deps.arrived();
  }

  /** A key was pressed in the message box. */
  pressed(text: string): void {
    if (text.trim() === '' || this.ended) this.#sign.stop();
    else this.#sign.pressed();
  }

  /** @returns false when there is nothing to send */
  write(text: string): boolean {
    const plain = cleanText(text);
    if (plain === '' || this.ended) return false;
    this.#sign.stop();
    this.reading.answered();
    this.say({ t: 'text', text: plain });
    return true;
  }

  /** Puts any content at the end of the line. */
  say(content: ChatContent): void {
    this.#outbox.write(content);
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }
  discard(id: string): void {
    this.conversation.discard(id);
  }

  end = (): Promise<Ack<object>> => this.#ask('chat:end');

  /** @param comment a box for the vault, or null */
  async rate(stars: number, comment: string | null): Promise<Ack<object>> {
    const ack = await this.#ask('chat:rate', { stars, comment });
    if (ack.ok) this.#rated = true;
    return ack;
  }

  close(): void {
    this.#sign.stop();
    this.#seenSign.heard(false);
    this.#outbox.close();
  }

  #ask(event: string, more: object = {}): Promise<Ack<object>> {
    return this.deps.socket.request(event, { chatId: this.id, ...more });
  }

  #read(first = false): void {
    this.reading.update(this.#entries, this.conversation.last, first);
  }

  #changed(): void {
    this.#entries = this.conversation.entries;
    this.#claims = this.conversation.claims;
    this.#tampered = this.conversation.tampered;
  }
}

function phaseOf({ state, place, endedBy }: ChatSnapshot): TalkPhase {
  if (state === 'waiting') return { at: 'waiting', place };
  return state === 'open' ? { at: 'open' } : { at: 'ended', by: endedBy };
}
