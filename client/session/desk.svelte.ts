/** The operator's desk: all sessions of this tab over one socket, and what a reload brings back. */
import { Ended, PeerPresence, Relay } from '../../shared/protocol/customer';
import { CustomerJoined, DESK_NAMESPACE, DeskSnapshot, Opened, type Open } from '../../shared/protocol/desk';
import type { Failure } from '../../shared/protocol/errors';
import type { Mode } from '../../shared/protocol/common';
import type { Card } from '../../shared/protocol/relay';
import { loadSodium } from '../../shared/crypto/sodium';
import { pairingOrigin } from '../../shared/crypto/origin';
import { hourOf, newCode } from '../../shared/crypto/stretch';
import { z } from '../../shared/protocol/zod';
import { ServerSocket } from '../net/socket';
import { stretcher } from '../workers/stretcher';
import { OperatorSession } from './operator-session.svelte';
import { claimSession, forgetSession, storedSessions, storeSession, type StoredOperator } from './stored';

/** A fresh number is taken when the rendezvous is in use; three collisions in a row do not happen. */
const ATTEMPTS = 3;

export class Desk {
  #sessions = $state.raw<OperatorSession[]>([]);
  #online = $state(false);
  #signedOut = $state(false);
  readonly #socket: ServerSocket;

  /** @param card how customers see this operator */
  constructor(private readonly card: Card) {
    this.#socket = new ServerSocket(DESK_NAMESPACE, {
      connected: () => void this.#onConnected(),
      disconnected: () => {
        this.#online = false;
        for (const session of this.#sessions) session.detached();
      },
      refused: () => (this.#signedOut = true),
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

  /** Connects and takes up the sessions that a reload interrupted and no other tab holds. */
  async restore(): Promise<void> {
    const stored = await storedSessions('operator');
    const sodium = await loadSodium();
    void stretcher().ready();
    const restored = await Promise.all(
      stored.map(async (each) => {
        const release = await claimSession(each.id);
        if (!release) return null;
        const deps = { sodium, socket: this.#socket, ice: NO_ICE, stored: each, release };
        const session = new OperatorSession(deps, this.card);
        session.detached();
        return session;
      }),
    );
    this.#sessions = [...this.#sessions, ...restored.filter((session) => session !== null)];
    this.#socket.open();
  }

  /** Issues a session number. @returns null, or why there is none */
  async open(mode: Mode, ttlMinutes: Open['ttlMinutes']): Promise<Failure | null> {
    const sodium = await loadSodium();
    let failure: Failure = { ok: false, error: 'failed' };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const code = newCode(sodium);
      const { rdv, prs } = await stretcher().stretch(
        code,
        pairingOrigin(location.origin),
        hourOf(Date.now()),
      );
      const ack = await this.#socket.request('session:open', { rdv, mode, ttlMinutes }, Opened);
      if (ack.ok) {
        const { sessionId: id, resume, expiresAt, ice } = ack;
        const issued = { code, rdv, prs };
        const stored: StoredOperator = { id, side: 'operator', mode, resume, issued, expiresAt };
        const deps = { sodium, socket: this.#socket, ice, stored, release: () => undefined };
        const session = new OperatorSession(deps, this.card);
        this.#sessions = [session, ...this.#sessions];
        await storeSession(stored);
        const release = await claimSession(id);
        if (release) session.onRelease(release);
        return null;
      }
      failure = ack;
      if (ack.error !== 'busy') break;
    }
    return failure;
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
    this.#socket.on('session:joined', CustomerJoined, ({ sessionId, share }) => of(sessionId)?.joined(share));
    this.#socket.on('session:relay', Relay, ({ sessionId, envelope }) => of(sessionId)?.receive(envelope));
    this.#socket.on('session:peer', PeerPresence, ({ sessionId, present }) =>
      of(sessionId)?.peerChanged(present),
    );
    this.#socket.on('session:ended', Ended, ({ sessionId, by, reason }) => of(sessionId)?.ended(by, reason));
    this.#socket.on('account:signed-out', z.any(), () => {
      this.#signedOut = true;
      for (const session of this.#sessions) session.ended('server', 'signed_out');
      this.#socket.close();
    });
  }

  async #onConnected(): Promise<void> {
    this.#online = true;
    const open = this.#sessions.filter((session) => !session.settled);
    await Promise.all(open.map((session) => this.#resume(session)));
  }

  async #resume(session: OperatorSession): Promise<void> {
    const ack = await this.#socket.request('session:resume', session.ticket, DeskSnapshot);
    if (ack.ok) {
      session.attached(ack.ice, ack.peerPresent);
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
