/**
 * The chats of an operator's desk: who waits, what this operator is in, and whether they take chats. The server's
 * snapshot (`chat:watch`) is fetched on every connection, so that a dropped socket or a reload loses nothing.
 */
import { makeClaim } from '../../../shared/crypto/chat';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { DeskChat, type ChatDeskState, type WaitingChat } from '../../../shared/protocol/chat-desk';
import { Colleague } from '../../../shared/protocol/chat';
import type { Ack, Failure } from '../../../shared/protocol/errors';
import type { Me } from '../../../shared/protocol/http';
import { z } from '../../../shared/protocol/zod';
import type { ServerSocket } from '../../net/socket';
import type { StaffDevice } from '../device/staff-device.svelte';
import { OperatorChat } from './desk-chat.svelte';
import { forgetChat } from './desk-chat-kept';
import { listenForChats } from './desk-chat-listen';
import type { ChatAccess } from './desk-chat-question';
import { DeskPicture } from './desk-chat-picture';
import { WaitingList, type WaitingRow } from './desk-chat-queue.svelte';

/** What the person should hear of, wherever they look. `who`: the customer, when their name can be read. */
export type DeskChatNews =
  | { kind: 'waiting'; forYou: boolean }
  | { kind: 'message'; chatId: string; who: string | null }
  /** A colleague was quicker. */
  | { kind: 'quicker'; by: string | null }
  /** It was over before it could be taken. */
  | { kind: 'over' }
  | { kind: 'ended'; chatId: string; who: string | null }
  | { kind: 'rated'; chatId: string; who: string | null; stars: number }
  /** Ended or handed on while this desk had no connection. */
  | { kind: 'missed'; who: string | null }
  | { kind: 'gone'; who: string | null; why: 'transferred' | 'left' }
  | { kind: 'joined'; chatId: string; who: string | null };

export interface DeskChatsDeps {
  socket: Pick<ServerSocket, 'on' | 'request' | 'replace'>;
  device: Pick<StaffDevice, 'access' | 'identityKey' | 'claimant' | 'heard'>;
  me: Pick<Me, 'name'>;
  told: (news: DeskChatNews) => void;
  /** Something was begun in front, which a conversation that was just taken must not push aside. */
  engaged?: () => boolean;
}

const Claimed = z.object({ chat: DeskChat });
const Colleagues = z.object({ colleagues: z.array(Colleague).max(1000) });

export class DeskChats {
  /** This operator's, as new customers will see it. */
  name = $state('');
  /** Takes new chats. */
  available = $state(false);
  /** The first snapshot has arrived. */
  known = $state(false);
  /** Offline messages that nobody has answered. */
  unanswered = $state(0);
  /** Id of the conversation in front. */
  current = $state<string | null>(null);
  /** Id of the one that is being claimed. */
  claiming = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Who took the one that is being claimed here, as far as it was told. */
  taker: string | null = null;
  #chats = $state.raw<readonly OperatorChat[]>([]);
  readonly queue = new WaitingList();
  readonly picture: DeskPicture;
  #sodium: Sodium | null = null;
  #staff: ChatAccess | null = null;
  readonly #release: () => void;

  constructor(readonly deps: DeskChatsDeps) {
    this.name = deps.me.name;
    this.picture = new DeskPicture(deps.socket, {
      load: (state, newer) => this.#load(state, newer),
      refused: (failure) => (this.failure = failure),
    });
    this.#release = listenForChats(deps.socket, this);
  }

  /** Those this operator is in, in the order in which they began. */
  get chats(): readonly OperatorChat[] {
    return this.#chats;
  }
  /** The one that is shown; with any there is always one. */
  get front(): OperatorChat | null {
    return this.of(this.current ?? '') ?? this.#chats[0] ?? null;
  }
  /** For the page's title: who waits, and who has written. */
  get attention(): number {
    return this.queue.rows.length + this.#chats.filter((chat) => chat.unread > 0).length;
  }

  of(chatId: string): OperatorChat | undefined {
    return this.#chats.find((chat) => chat.id === chatId);
  }

  /** @param access of the device, whenever it has changed: only an approved one can read and answer */
  async unlock(access = this.deps.device.access): Promise<void> {
    const sodium = (this.#sodium ??= await loadSodium());
    const { identityKey } = this.deps.device;
    const staff = access && identityKey ? { access, identityKey } : null;
    if (staff?.access === this.#staff?.access) return;
    this.#staff = staff;
    this.queue.unlock(sodium, staff);
    for (const chat of this.#chats) chat.close();
    this.#chats = [];
    await this.watch();
  }

  /** Fetches everything; a second call while one is under way fetches once more, so that nothing is missed. */
  readonly watch = (): Promise<void> => this.picture.fetch();

  async setAvailable(available: boolean): Promise<void> {
    this.failure = null;
    const ack = await this.deps.socket.request('chat:available', { available });
    this.picture.changed('available');
    if (ack.ok) this.available = available;
    else this.failure = ack;
  }

  /** Takes a conversation that waits. Of two operators at once one gets it; the other hears who. */
  async accept({ chat }: WaitingRow): Promise<void> {
    if (this.claiming) return;
    this.claiming = chat.chatId;
    this.taker = null;
    this.failure = null;
    try {
      const { name } = this;
      let ack = await this.#claim(chat);
      if (ack?.ok === false && ack.error === 'invalid') {
        // An administrator may have changed this operator's name, which the claim carries: the picture tells it.
        await this.watch();
        if (this.name !== name) ack = await this.#claim(chat);
      }
      if (!ack) return;
      if (ack.ok) this.#taken(ack.chat);
      else if (ack.error === 'conflict' || ack.error === 'session_gone') {
        this.queue.remove(chat.chatId);
        this.deps.told(ack.error === 'conflict' ? { kind: 'quicker', by: this.taker } : { kind: 'over' });
        await this.watch();
      } else this.failure = ack;
    } catch {
      // A visitor's key that makes no secret.
      this.failure = { ok: false, error: 'invalid' };
    } finally {
      this.claiming = null;
    }
  }

  /** Who else could take a conversation, or null when the server does not say. */
  async colleagues(): Promise<Colleague[] | null> {
    const ack = await this.deps.socket.request('chat:colleagues', {}, Colleagues);
    return ack.ok ? ack.colleagues : null;
  }

  /** Takes in a conversation this operator is in. @returns it, unless this browser cannot read it */
  put(given: DeskChat): OperatorChat | null {
    const snapshot = this.picture.latest(given);
    const there = this.of(snapshot.chatId);
    if (there) {
      there.update(snapshot);
      return there;
    }
    const [sodium, staff] = [this.#sodium, this.#staff];
    if (!sodium || !staff) return null;
    const reload = () => void this.watch();
    const { name, deps } = this;
    const chat = new OperatorChat({ sodium, socket: deps.socket, staff, name, reload }, snapshot);
    this.#chats = [...this.#chats, chat].sort((a, b) => a.known.startedAt - b.known.startedAt);
    this.current ??= chat.id;
    return chat;
  }

  /** Takes a conversation off the desk. */
  drop(chatId: string): void {
    const at = this.#chats.findIndex((chat) => chat.id === chatId);
    if (at < 0) return;
    this.#chats[at]?.close();
    forgetChat(chatId);
    this.#chats = this.#chats.filter((chat) => chat.id !== chatId);
    if (this.current === chatId) this.current = (this.#chats[at] ?? this.#chats[at - 1])?.id ?? null;
  }

  dispose(): void {
    this.#release();
    this.picture.close();
    for (const chat of this.#chats) chat.close();
  }

  /** @returns null when this browser cannot */
  async #claim({ chatId, visitorKey, epoch }: WaitingChat): Promise<Ack<{ chat: DeskChat }> | null> {
    const claimant = this.deps.device.claimant(this.name);
    if (!claimant || !this.#sodium) return null;
    const { claim } = makeClaim(this.#sodium, claimant, visitorKey, epoch + 1);
    return this.deps.socket.request('chat:claim', { chatId, claim }, Claimed);
  }

  #taken(snapshot: DeskChat): void {
    this.picture.changed(snapshot.chatId);
    this.queue.remove(snapshot.chatId);
    const chat = this.put(snapshot);
    if (!this.deps.engaged?.()) this.current = snapshot.chatId;
    // The customer left in the same moment.
    if (chat?.ended) this.deps.told({ kind: 'ended', chatId: chat.id, who: chat.question?.name ?? null });
  }

  #load({ name, available, waiting, chats, unread }: ChatDeskState, newer: (what: string) => boolean): void {
    this.name = name;
    if (!newer('available')) this.available = available;
    if (!newer('unread')) this.unanswered = unread;
    const isFirst = !this.known;
    this.known = true;
    this.failure = null;
    const fresh = this.queue.load(waiting, newer);
    // What was there before the page was opened is seen on it; nobody needs to be called.
    if (fresh.length > 0 && !isFirst) {
      this.deps.told({ kind: 'waiting', forYou: fresh.some(({ chat }) => chat.forYou !== null) });
    }
    const here = chats.map(({ chatId }) => chatId);
    for (const chat of this.#chats) {
      if (chat.ended || here.includes(chat.id) || newer(chat.id)) continue;
      this.drop(chat.id);
      this.deps.told({ kind: 'missed', who: chat.question?.name ?? null });
    }
    for (const snapshot of chats.filter(({ chatId }) => !newer(chatId))) {
      const unread = this.of(snapshot.chatId)?.unread;
      const chat = this.put(snapshot);
      // Written while this desk had no connection.
      if (chat && unread !== undefined && chat.unread > unread) {
        this.deps.told({ kind: 'message', chatId: chat.id, who: chat.question?.name ?? null });
      }
    }
  }
}
