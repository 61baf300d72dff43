/** For tests: a server that keeps conversations without a key, and an operator's desk in front of it. */
import { makeClaim } from '../../../shared/crypto/chat';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatClaim, ChatMessage, SealedChat } from '../../../shared/protocol/chat';
import type { ChatDeskState, DeskChat, WaitingChat } from '../../../shared/protocol/chat-desk';
import type { z } from '../../../shared/protocol/zod';
import { DeskChats, type DeskChatNews, type DeskChatsDeps } from './desk-chats.svelte';
import { FakeVisitor, makeHouse, OPERATOR, type House } from './desk-chat-visitor.fake';

type Told = (message: never) => void;

/** Orders and keeps messages, and can read none. */
export class FakeDesk {
  readonly asked: { event: string; message: Record<string, unknown> }[] = [];
  readonly chats = new Map<string, { visitor: FakeVisitor; messages: ChatMessage[]; claims: ChatClaim[] }>();
  /** Answers that differ from the usual ones; `null`: none arrives. */
  answers: Record<string, object | null> = {};
  available = true;
  /** The operator's, as the server knows it. */
  name = OPERATOR;
  at = 1000;
  readonly #held = new Map<string, Promise<void>>();
  readonly #listeners = new Map<string, { schema: z.ZodType; told: Told }>();

  constructor(
    private readonly sodium: Sodium,
    private readonly house: House,
  ) {}

  readonly socket: DeskChatsDeps['socket'] = {
    on: (event, schema, told) => {
      this.#listeners.set(event, { schema, told });
      return () => this.#listeners.delete(event);
    },
    request: async (event: string, message: unknown) => {
      const body = message as Record<string, unknown>;
      this.asked.push({ event, message: body });
      const answer =
        event in this.answers
          ? (this.answers[event] ?? { ok: false, error: 'failed' })
          : { ok: true, ...this.#answer(event, body) };
      const held = this.#held.get(event);
      if (held) await held;
      return answer as never;
    },
    replace: () => undefined,
  };

  /** What is asked under that name is answered as things stand then, but the answer stays on its way. @returns lets it arrive */
  hold(event: string): () => void {
    let free = () => {};
    this.#held.set(event, new Promise((resolve) => (free = resolve)));
    return () => {
      this.#held.delete(event);
      free();
    };
  }

  /** Taken in another tab of this operator. */
  takenElsewhere({ chatId, keys }: FakeVisitor): void {
    const claimant = this.house.device.claimant(this.name);
    if (!claimant) throw new Error('not approved');
    const { claim } = makeClaim(this.sodium, claimant, keys.visitorKey, 1);
    this.#answer('chat:claim', { chatId, claim });
  }

  /** As the server tells it, through the same schema. */
  tell(event: string, message: object): void {
    const listener = this.#listeners.get(event);
    if (!listener) throw new Error(`nobody listens to ${event}`);
    const parsed = listener.schema.safeParse(message);
    if (parsed.success) listener.told(parsed.data as never);
  }

  /** A visitor asks. */
  visit(name: string): FakeVisitor {
    const chatId = toBase64(this.sodium, this.sodium.randombytes_buf(16));
    const visitor = new FakeVisitor(this.sodium, this.house, chatId);
    this.chats.set(chatId, { visitor, messages: [], claims: [] });
    this.keep(chatId, visitor.question(name));
    return visitor;
  }

  /** Numbers a message and keeps it. */
  keep(chatId: string, message: SealedChat): ChatMessage {
    const messages = this.#of(chatId).messages;
    const kept = { ...message, seq: messages.length, at: this.at++ };
    messages.push(kept);
    return kept;
  }

  /** The visitor says something, and the desk is told. */
  say(visitor: FakeVisitor, text: string): ChatMessage {
    const message = this.keep(visitor.chatId, visitor.seal({ t: 'text', text }));
    this.tell('chat:message', { chatId: visitor.chatId, message });
    return message;
  }

  waiting({ chatId, keys, keyBox }: FakeVisitor, change: Partial<WaitingChat> = {}): WaitingChat {
    const { messages, claims } = this.#of(chatId);
    const question = messages[0] as ChatMessage;
    const { visitorKey } = keys;
    const common = { chatId, visitorKey, keyBox, question, language: 'ja' as const, epoch: claims.length };
    return { ...common, since: question.at, present: true, forYou: null, ...change };
  }

  open({ chatId, keys, keyBox }: FakeVisitor, change: Partial<DeskChat> = {}): DeskChat {
    const { messages, claims } = this.#of(chatId);
    return {
      chatId,
      visitorKey: keys.visitorKey,
      keyBox,
      claims: [...claims],
      messages: [...messages],
      state: 'open',
      place: null,
      marks: { delivered: -1, seen: -1 },
      peerPresent: true,
      endedBy: null,
      rated: false,
      sessionId: null,
      language: 'ja',
      address: '192.0.2.1',
      startedAt: messages[0]?.at ?? 0,
      staff: [{ id: 'anna', name: OPERATOR, owner: true, present: true }],
      ...change,
    };
  }

  /** Snapshots: claimed ones are this operator's, the others wait. */
  state(): ChatDeskState {
    const all = [...this.chats.values()];
    return {
      name: this.name,
      available: this.available,
      unread: 0,
      waiting: all.filter(({ claims }) => claims.length === 0).map(({ visitor }) => this.waiting(visitor)),
      chats: all.filter(({ claims }) => claims.length > 0).map(({ visitor }) => this.open(visitor)),
    };
  }

  /** What was sent under that name, oldest first. */
  sent(event: string): Record<string, unknown>[] {
    return this.asked.filter((each) => each.event === event).map(({ message }) => message);
  }

  #answer(event: string, message: Record<string, unknown>): object {
    if (event === 'chat:watch') return this.state();
    if (event === 'chat:claim') {
      const { visitor, claims } = this.#of(message.chatId as string);
      const claim = message.claim as ChatClaim;
      if (claim.operator !== this.name) return { ok: false, error: 'invalid' };
      visitor.accept(claim);
      claims.push(claim);
      return { chat: this.open(visitor) };
    }
    if (event === 'chat:send') {
      const { seq, at } = this.keep(message.chatId as string, message.message as SealedChat);
      return { seq, at };
    }
    return {};
  }

  #of(chatId: string) {
    const found = this.chats.get(chatId);
    if (!found) throw new Error('no such chat');
    return found;
  }
}

/** A tab's storage. */
export function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** One operator's desk with everything around it. */
export class FakeOffice {
  readonly house: House;
  readonly desk: FakeDesk;
  news: DeskChatNews[] = [];
  /** A dialog stands open. */
  engaged = false;

  constructor(sodium: Sodium) {
    this.house = makeHouse(sodium);
    this.desk = new FakeDesk(sodium, this.house);
  }

  /** The page is loaded (again). */
  async open(): Promise<DeskChats> {
    const { desk, house } = this;
    const told = (each: DeskChatNews) => void this.news.push(each);
    const chats = new DeskChats({
      socket: desk.socket,
      device: house.device,
      me: { name: OPERATOR },
      told,
      engaged: () => this.engaged,
    });
    await chats.unlock();
    return chats;
  }

  /** …and takes the first visitor. */
  async accept(name = 'Visitor') {
    const visitor = this.desk.visit(name);
    const chats = await this.open();
    const [row] = chats.queue.rows;
    if (!row) throw new Error('nobody waits');
    await chats.accept(row);
    const chat = chats.of(visitor.chatId);
    if (!chat) throw new Error('not accepted');
    return { visitor, chats, chat };
  }
}
