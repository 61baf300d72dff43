/**
 * One conversation as one side knows it: pure logic over `shared/crypto/chat`, for the chat window and the desk alike.
 *
 * ```
 * const conversation = new Conversation({ sodium, visitorKey, role: 'customer', keyOf: customerKeys(…), changed });
 * conversation.load(snapshot);            // the whole history, after every (re)connection
 * conversation.claim(claim);              // chat:claimed
 * conversation.add(message);              // chat:message; 'gap': ask for the snapshot again and load it
 * conversation.mark(marks);               // chat:seen of the other side
 * new Outbox(conversation, send).write({ t: 'text', text });   // conversation-outbox.ts
 * conversation.entries; conversation.tampered;
 * ```
 *
 * The server orders the messages and is believed in nothing else. What it forges, repeats, changes or leaves out shows as
 * `tampered`; the rest stays readable, and nothing but notes is sealed any more.
 */
import { ChatOrder } from '../../../shared/crypto/chat';
import { TamperError, type TamperKind } from '../../../shared/crypto/errors';
import type { Sodium } from '../../../shared/crypto/sodium';
import type {
  ChatClaim,
  ChatFrom,
  ChatMarks,
  ChatMessage,
  ChatSnapshot,
  SealedChat,
} from '../../../shared/protocol/chat';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import { ConversationClaims } from './conversation-claims';
import type { Entry } from './conversation-entry';
import type { KeyOf } from './conversation-keys';
import { ConversationQueue, identity } from './conversation-queue';
import { ConversationReader } from './conversation-reader';

export type { Entry, EntryState } from './conversation-entry';

export interface ConversationOptions {
  sodium: Sodium;
  visitorKey: string;
  role: 'customer' | 'operator';
  keyOf: KeyOf;
  /** Called after everything that changes `entries`, `claims` or `tampered`. */
  changed?: () => void;
}

type Opened = Pick<Entry, 'id' | 'content' | 'fault'> & { message: ChatMessage };

export class Conversation {
  #known = new Map<number, Opened>();
  #order = new ChatOrder();
  #marks: ChatMarks = { delivered: -1, seen: -1 };
  #tampered: TamperKind | null = null;
  #entries: readonly Entry[] | null = null;
  readonly #queue: ConversationQueue;
  readonly #claims: ConversationClaims;
  readonly #reader: ConversationReader;

  constructor(private readonly options: ConversationOptions) {
    this.#queue = new ConversationQueue(options.sodium, options.visitorKey);
    this.#claims = new ConversationClaims(options.keyOf);
    this.#reader = new ConversationReader(options, this.#claims);
  }

  /** In order, what waits to be sent last. A new array after each change. */
  get entries(): readonly Entry[] {
    this.#entries ??= [
      ...[...this.#known.values()]
        .sort((a, b) => a.message.seq - b.message.seq)
        .map((each) => this.#entry(each)),
      ...this.#queue.pending.map(({ id, at, from, content, failed }): Entry => {
        const never = failed || (this.#tampered !== null && from !== 'note');
        const state = never ? 'failed' : 'sending';
        return { id, seq: null, epoch: null, at, from, mine: true, content, fault: null, state };
      }),
    ];
    return this.#entries;
  }

  /** What the server was caught at first; null as long as everything is right. */
  get tampered(): TamperKind | null {
    return this.#tampered;
  }

  /** The checked claims, oldest first; the last one names who answers. */
  get claims(): readonly ChatClaim[] {
    return this.#claims.all;
  }

  /** 0 until somebody has claimed it. */
  get epoch(): number {
    return this.#claims.all.length;
  }

  /** Key of the present epoch: for the safety pictures and remote sessions. */
  get key(): Uint8Array | null {
    return this.#claims.key(this.epoch);
  }

  /** Key of any epoch so far; null when it has not begun or cannot be trusted. */
  keyOfEpoch(epoch: number): Uint8Array | null {
    return this.#claims.key(epoch);
  }

  /** The last `seq` that is here, or -1. */
  get last(): number {
    return Math.max(-1, ...this.#known.keys());
  }

  /** The whole history from the server; it must hold what was here before, unchanged. */
  load({ claims, messages }: Pick<ChatSnapshot, 'claims' | 'messages'>): void {
    this.#try(() => this.#claims.load(claims));
    const before = this.#known;
    const end = messages.at(-1)?.seq ?? -1;
    if (messages[0]?.seq !== 0) this.#blame('missing'); // the question is always there
    this.#known = new Map();
    this.#order = new ChatOrder();
    for (const message of messages) this.#take(message, before.get(message.seq));
    for (const [seq, old] of before) {
      // What came after the snapshot was made is taken once more; what came before must be in it.
      if (seq > end) this.#take(old.message, old);
      else if (!this.#known.has(seq)) this.#blame('missing');
    }
    this.#change();
  }

  /** An operator has claimed it: a new epoch. @returns `gap`: the claim before it is missing here; the history is needed */
  claim(claim: ChatClaim): 'taken' | 'gap' {
    if (claim.epoch > this.epoch + 1) return 'gap';
    this.#try(() => this.#claims.add(claim));
    this.#change();
    return 'taken';
  }

  /** @returns `gap`: something before it is missing here; it was not taken, and the whole history is needed */
  add(message: ChatMessage): 'new' | 'known' | 'gap' {
    const known = this.#known.get(message.seq);
    if (known?.message.frame === message.frame) return 'known';
    try {
      this.#take(message, known, true);
    } catch (error) {
      if (error instanceof TamperError && error.kind === 'missing') return 'gap';
      throw error;
    }
    this.#change();
    return 'new';
  }

  /** How far the other side is. */
  mark({ delivered, seen }: ChatMarks): void {
    this.#marks = {
      delivered: Math.max(this.#marks.delivered, delivered, seen),
      seen: Math.max(this.#marks.seen, seen),
    };
    this.#change();
  }

  /** Puts a message at the end of the line. @returns the id of its entry */
  write(content: ChatContent, from: ChatFrom = this.options.role): string {
    const id = this.#queue.write(content, from);
    this.#change();
    return id;
  }

  /** What is to be sent now, one at a time; the same again until `sent`, `refused` or a new epoch. Null: nothing. */
  next(): SealedChat | null {
    return this.#queue.next(this.epoch, (from) => {
      if (from === 'note') return this.options.keyOf('note', null);
      return this.#tampered ? null : this.key;
    });
  }

  /** The server has taken what `next` gave. */
  sent(message: SealedChat, { seq, at }: { seq: number; at: number }): void {
    if (this.add({ ...message, seq, at }) === 'gap') this.#blame('missing');
    this.#change();
  }

  /** The server will never take it. */
  refused(message: SealedChat): void {
    this.#queue.refuse(message);
    this.#change();
  }

  /** Tries a failed entry once more. */
  retry(id: string): void {
    this.#queue.retry(id);
    this.#change();
  }

  /** Removes a failed entry. */
  discard(id: string): void {
    this.#queue.discard(id);
    this.#change();
  }

  /** @throws TamperError `missing` when `live` and something before it is not here */
  #take(message: ChatMessage, before: Opened | undefined, live = false): void {
    if (before && before.message.frame !== message.frame) this.#blame('mismatch');
    let opened: Opened;
    try {
      opened = {
        message,
        id: before?.id ?? identity(message),
        content: this.#reader.read(message, this.#order),
        fault: null,
      };
    } catch (error) {
      const fault = error instanceof TamperError ? error.kind : 'malformed';
      if (live && fault === 'missing') throw error;
      opened = { message, id: before?.id ?? identity(message), content: null, fault };
      this.#blame(fault);
    }
    // Only what verified confirms what was written here.
    const own = opened.fault ? null : this.#queue.confirm(message);
    if (own) opened.id = own.id;
    this.#known.set(message.seq, opened);
  }

  #entry({ id, content, fault, message: { seq, epoch, at, from } }: Opened): Entry {
    const mine = (from === 'customer') === (this.options.role === 'customer');
    const { delivered, seen } = this.#marks;
    const arrived = !mine || seq <= delivered;
    const state = mine && seq <= seen ? 'seen' : arrived ? 'delivered' : 'sent';
    return { id, seq, epoch, at, from, mine, content, fault, state };
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#blame(error instanceof TamperError ? error.kind : 'malformed');
    }
  }

  #blame(kind: TamperKind): void {
    this.#tampered ??= kind;
  }

  #change(): void {
    this.#entries = null;
    this.options.changed?.();
  }
}
