/** The operator's desk: all sessions of this tab over one socket, and what a reload brings back. */
import {
  CustomerJoined,
  DESK_NAMESPACE,
  DeskSnapshot,
  Opened,
  PermitChanged,
  type Open,
} from '../../shared/protocol/desk';
import type { ChatRequest } from '../../shared/protocol/chat-desk';
import type { Failure } from '../../shared/protocol/errors';
import type { Permit } from '../../shared/protocol/http';
import type { Mode } from '../../shared/protocol/common';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { toBase64 } from '../../shared/crypto/encoding';
import { pairingOrigin } from '../../shared/crypto/origin';
import { hourOf, newCode } from '../../shared/crypto/stretch';
import { z } from '../../shared/protocol/zod';
import { ServerSocket, type SocketEvents } from '../net/socket';
import { stretcher } from '../workers/stretcher';
import { hearSessions } from './hear-sessions';
import { tellLateEnds } from './late-ends';
import { OperatorSession } from './operator-session.svelte';
import {
  claimSession,
  forgetSession,
  storedSessions,
  storeSession,
  type StoredEnd,
  type StoredOperator,
} from './stored';

/** A fresh number is taken when the rendezvous is in use; three collisions in a row do not happen. */
const ATTEMPTS = 3;

type Follower = Pick<SocketEvents, 'connected' | 'disconnected'>;

export class Desk {
  #sessions = $state.raw<OperatorSession[]>([]);
  #online = $state(false);
  #signedOut = $state(false);
  #lateEnds: StoredEnd[] = [];
  readonly #socket: ServerSocket;
  #followers: Follower[] = [];

  /** @param permitted told when the administrator changes what this operator may do */
  constructor(private readonly permitted: (permit: Permit) => void) {
    this.#socket = new ServerSocket(DESK_NAMESPACE, {
      connected: () => void this.#onConnected(),
      disconnected: () => {
        this.#online = false;
        for (const session of this.#sessions) session.detached();
        for (const follower of this.#followers) follower.disconnected();
      },
      // A page that is too old keeps its sessions: their pictures need no server.
      refused: (code) => (this.#signedOut = code === 'signed_out'),
    });
    this.#listen();
    addEventListener('pagehide', this.#leave);
  }

  /** Newest first. */
  get sessions(): OperatorSession[] {
    return this.#sessions;
  }
  get online(): boolean {
    return this.#online;
  }
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** For what else happens at the desk over the same connection. */
  get socket(): ServerSocket {
    return this.#socket;
  }

  /** Tells of every connection, of one that is there at once, and of its loss. @returns a function that stops it */
  follow(follower: Follower): () => void {
    this.#followers.push(follower);
    if (this.#online) follower.connected();
    return () => {
      this.#followers = this.#followers.filter((each) => each !== follower);
    };
  }

  /** Connects, and takes up the sessions that a reload interrupted and no other tab holds. */
  async restore(): Promise<void> {
    this.#socket.open();
    const { live, ended } = await storedSessions('operator');
    this.#lateEnds = ended;
    const sodium = await loadSodium();
    void stretcher().ready();
    await Promise.all(live.map((stored) => this.#restoreOne(sodium, stored)));
    if (this.#online) await this.#tellLateEnds();
  }

  async #restoreOne(sodium: Sodium, stored: StoredOperator): Promise<void> {
    const release = await claimSession(stored.id);
    if (!release) return;
    const session = new OperatorSession({ sodium, socket: this.#socket, ice: NO_ICE, stored, release });
    session.detached();
    this.#sessions = [...this.#sessions, session];
    if (this.#online) await this.#resume(session);
  }

  async #tellLateEnds(): Promise<void> {
    await tellLateEnds(this.#socket, this.#lateEnds.splice(0));
  }

  /**
   * Issues a session number.
   * @param asked application selection, as far as the permit has it
   * @returns null, or why there is none
   */
  async open(mode: Mode, ttlMinutes: Open['ttlMinutes'], asked: boolean): Promise<Failure | null> {
    const sodium = await loadSodium();
    let failure: Failure = { ok: false, error: 'failed' };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const code = newCode(sodium);
      const { rdv, prs } = await stretcher().stretch(
        code,
        pairingOrigin(location.origin),
        hourOf(Date.now()),
      );
      const ack = await this.#socket.request(
        'session:open',
        { rdv, mode, ttlMinutes, windowsOnly: asked },
        Opened,
      );
      if (ack.ok) {
        await this.#begin(sodium, mode, ack, { issued: { code, rdv, prs } });
        return null;
      }
      failure = ack;
      if (ack.error !== 'busy') break;
    }
    return failure;
  }

  /**
   * Asks for a session in a conversation.
   * @param keyOf the session's key, from the conversation's; null when this browser cannot make it
   * @returns the session, which waits for the answer, or why there is none
   */
  async ask(
    request: ChatRequest,
    keyOf: (sessionId: string) => Uint8Array | null,
  ): Promise<OperatorSession | Failure> {
    const sodium = await loadSodium();
    const ack = await this.#socket.request('chat:request', request, Opened);
    if (!ack.ok) return ack;
    const { sessionId } = ack;
    const key = keyOf(sessionId);
    if (!key) {
      void this.#socket.request('session:withdraw', { sessionId });
      return { ok: false, error: 'failed' };
    }
    return this.#begin(sodium, request.mode, ack, {
      relay: { side: 'operator', key: toBase64(sodium, key) },
      chat: request.chatId,
      asked: true,
    });
  }

  async #begin(
    sodium: Sodium,
    mode: Mode,
    opened: Opened,
    way: Pick<StoredOperator, 'issued' | 'relay' | 'chat' | 'asked'>,
  ): Promise<OperatorSession> {
    const { sessionId: id, resume, expiresAt, ice, host, windowsOnly } = opened;
    const common = { id, mode, resume, storedAt: Date.now(), windowsOnly };
    const stored: StoredOperator = { ...common, side: 'operator', expiresAt, card: host, ...way };
    const deps = { sodium, socket: this.#socket, ice, stored, fresh: true, release: () => undefined };
    const session = new OperatorSession(deps);
    this.#sessions = [session, ...this.#sessions];
    await storeSession(stored);
    const release = await claimSession(id);
    if (release) session.onRelease(release);
    return session;
  }

  /** Takes an ended session off the desk. */
  dismiss(session: OperatorSession): void {
    if (session.phase.at === 'ended') this.#sessions = this.#sessions.filter((each) => each !== session);
  }

  dispose(): void {
    removeEventListener('pagehide', this.#leave);
    this.#socket.close();
  }

  #listen(): void {
    const of = (id: string) => this.#sessions.find((session) => session.id === id);
    this.#socket.on('session:joined', CustomerJoined, ({ sessionId, share }) => {
      const session = of(sessionId);
      session?.peerChanged(true);
      session?.joined(share);
    });
    hearSessions(this.#socket, of);
    this.#socket.on('account:permit', PermitChanged, ({ permit }) => this.permitted(permit));
    this.#socket.on('account:signed-out', z.any(), () => {
      this.#signedOut = true;
      for (const session of this.#sessions) session.ended('server', 'signed_out');
      this.#socket.close();
    });
  }

  async #onConnected(): Promise<void> {
    this.#online = true;
    for (const follower of this.#followers) follower.connected();
    const open = this.#sessions.filter((session) => !session.settled);
    await Promise.all(open.map((session) => this.#resume(session)));
    await this.#tellLateEnds();
  }

  async #resume(session: OperatorSession): Promise<void> {
    const ack = await this.#socket.request('session:resume', session.ticket, DeskSnapshot);
    if (ack.ok) {
      session.attached(ack.ice, ack.peerPresent);
      session.helperChanged(ack.helper);
      if (ack.share) session.joined(ack.share);
    } else if (ack.error === 'session_gone') {
      await forgetSession(session.id);
      session.ended('server', session.phase.at === 'waiting' ? 'expired' : 'left');
    } else {
      this.#socket.replace();
    }
  }

  readonly #leave = () => {
    for (const session of this.#sessions) {
      if (session.phase.at !== 'ended')
        void this.#socket.request('session:leaving', { sessionId: session.id });
    }
  };
}

const NO_ICE = { servers: [], policy: 'all' as const };
