/**
 * Remote sessions that are asked for in one conversation, on the visitor's side: answers the request, runs the session
 * that comes of it beside the chat, and takes it up again after a reload. Owned by whoever owns the socket.
 */
import { SvelteSet } from 'svelte/reactivity';
import { chatSessionKey } from '../../../shared/crypto/chat';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import { CustomerSnapshot, Ended, Joined } from '../../../shared/protocol/customer';
import type { ErrorCode } from '../../../shared/protocol/errors';
import { z } from '../../../shared/protocol/zod';
import type { ServerSocket } from '../../net/socket';
import { CustomerSession } from '../customer-session.svelte';
import { hearSessions } from '../hear-sessions';
import { tellLateEnds } from '../late-ends';
import { claimFirst } from '../restored-session.svelte';
import { claimSession, type StoredCustomer, type StoredEnd } from '../stored';

/** What the operator's sealed message asks for. */
export type Request = Extract<ChatContent, { t: 'request' }>;

/** What it needs of its conversation. */
export interface RemoteDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'request' | 'on' | 'replace' | 'connected'>;
  chatId: string;
  /** Of the conversation's present epoch; null before the first claim. */
  key(): Uint8Array | null;
  /** Says something in the conversation, sealed. */
  say(content: ChatContent): void;
}

const Answered = z.object({ joined: Joined.nullable() });

export class ChatRemote {
  #session = $state.raw<CustomerSession | null>(null);
  /** Of before a reload; the server has not confirmed it yet. */
  #restored: CustomerSession | null = null;
  #answering = $state(false);
  #problem = $state.raw<ErrorCode | null>(null);
  readonly #over = new SvelteSet<string>();
  #lateEnds: StoredEnd[] = [];
  readonly #stops: (() => void)[];

  constructor(private readonly deps: RemoteDeps) {
    const { socket } = deps;
    this.#stops = [
      hearSessions(socket, (id) => [this.#session, this.#restored].find((each) => each?.id === id)),
      // A request that was taken back, or that another tab answered, ends without this page being part of it.
      socket.on('session:ended', Ended, ({ sessionId }) => this.#forget(sessionId)),
    ];
    addEventListener('pagehide', this.#leave);
  }

  /** The session that goes on, or ended and was not put away yet. */
  get session(): CustomerSession | null {
    return this.#session;
  }
  get running(): boolean {
    return this.#session !== null && this.#session.phase.at !== 'ended';
  }
  /** An answer is on its way to the server. */
  get answering(): boolean {
    return this.#answering;
  }
  /** Why the last answer did not arrive. */
  get problem(): ErrorCode | null {
    return this.#problem;
  }

  /** Whether a request can be answered no more: taken back, too old, or over. */
  isOver(sessionId: string): boolean {
    return this.#over.has(sessionId);
  }

  /** Takes up a session that a reload interrupted. */
  async restore(): Promise<void> {
    const { sodium, socket, chatId } = this.deps;
    const { claimed, ended } = await claimFirst(chatId);
    this.#lateEnds = ended;
    if (claimed) {
      this.#restored = CustomerSession.restored({ sodium, socket: this.#socket, ice: NO_ICE, ...claimed });
      this.#restored.detached();
    }
    if (socket.connected) await this.#takeUp();
  }

  /**
   * Allows what was asked for; call it from a click, since the browser's picker opens next.
   * @param windowsOnly the visitor's own wish (RS-115)
   */
  async allow(request: Request, windowsOnly: boolean): Promise<void> {
    const { sodium, chatId } = this.deps;
    const key = this.deps.key();
    if (!key || this.running) return;
    const joined = await this.#answer(request, true);
    if (!joined) return;
    const { resume, ice, peerPresent } = joined;
    // The session that the operator sealed; where the server names another one the keys do not fit.
    const { sessionId: id } = request;
    const sealed = { side: 'customer', key: toBase64(sodium, chatSessionKey(sodium, key, id)) } as const;
    // Names and mode as the operator sealed them; the server's must be the same.
    const { card: host, mode } = request;
    const only = request.windowsOnly || joined.windowsOnly;
    const common = { id, mode, resume, storedAt: Date.now(), windowsOnly: only, relay: sealed, chat: chatId };
    const stored: StoredCustomer = { ...common, side: 'customer', host, granted: false };
    const deps = { sodium, socket: this.#socket, ice, stored, peerPresent, release: () => undefined };
    const session = CustomerSession.asked(deps);
    this.#session = session;
    session.attached(ice, peerPresent);
    session.compare(joined);
    session.allow(windowsOnly);
    if (session.phase.at === 'ended') return;
    const claimed = await claimSession(id);
    if (claimed) session.onRelease(claimed);
  }

  /** Does not; the conversation goes on. */
  async decline(request: Request): Promise<void> {
    await this.#answer(request, false);
  }

  /** Puts an ended session away. */
  clear(): void {
    if (this.#session?.phase.at === 'ended') this.#session = null;
  }

  /**
   * The socket is connected and in the conversation again.
   * @param live the session that the server's snapshot names
   * @param asked the sessions of all requests in the conversation as it is then
   */
  async connected(live: string | null, asked: readonly string[]): Promise<void> {
    for (const id of asked) if (id !== live) this.#forget(id);
    await this.#takeUp();
  }

  async #takeUp(): Promise<void> {
    const session = this.#session ?? this.#restored;
    if (session && !session.settled) await this.#resume(session);
    await tellLateEnds(this.#socket, this.#lateEnds.splice(0));
  }

  disconnected(): void {
    this.#session?.detached();
  }

  /** The page is left: a session does not outlive it. */
  dispose(): void {
    removeEventListener('pagehide', this.#leave);
    for (const stop of this.#stops) stop();
    if (this.#session && this.#session.phase.at !== 'ended') this.#session.end();
  }

  // Sessions know the whole socket; they use no more of it than this class was given.
  get #socket(): ServerSocket {
    return this.deps.socket as ServerSocket;
  }

  async #answer(request: Request, granted: boolean): Promise<Joined | null> {
    const { socket, chatId, say } = this.deps;
    const { sessionId } = request;
    if (this.#answering) return null;
    this.#answering = true;
    this.#problem = null;
    const ack = await socket.request('chat:answer', { chatId, sessionId, granted }, Answered);
    this.#answering = false;
    if (!ack.ok) {
      if (ack.error === 'session_gone') this.#forget(sessionId);
      else this.#problem = ack.error;
      return null;
    }
    say({ t: 'answer', sessionId, granted });
    return ack.joined;
  }

  #forget(id: string): void {
    this.#over.add(id);
  }

  async #resume(session: CustomerSession): Promise<void> {
    const ack = await this.#socket.request('session:resume', session.ticket, CustomerSnapshot);
    if (ack.ok) {
      if (session === this.#restored) {
        this.#session = session;
        this.#restored = null;
      }
      if (ack.windowsOnly) session.keepToWindows();
      session.attached(ack.ice, ack.peerPresent);
      session.compare(ack);
      session.helperChanged(ack.helper);
    } else if (ack.error === 'session_gone') {
      this.#forget(session.id);
      session.ended('server', 'left');
      if (session === this.#restored) this.#restored = null; // over long ago: the conversation says enough
    } else {
      this.#socket.replace();
    }
  }

  readonly #leave = () => {
    const session = this.#session;
    if (session && session.phase.at !== 'ended')
      void this.#socket.request('session:leaving', { sessionId: session.id });
  };
}

const NO_ICE = { servers: [], policy: 'all' as const };
