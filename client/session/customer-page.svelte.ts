/** The customer's page: from typed digits to a session. Loaded lazily, it brings socket, crypto and WebRTC with it. */
import {
  CUSTOMER_NAMESPACE,
  CustomerSnapshot,
  Ended,
  Joined,
  PeerPresence,
  Relay,
} from '../../shared/protocol/customer';
import type { Ack, ErrorCode } from '../../shared/protocol/errors';
import { HelperState, ToHelper } from '../../shared/protocol/helper';
import { SubscriberCode } from '../../shared/protocol/common';
import { pairingOrigin } from '../../shared/crypto/origin';
import { CustomerPairing } from '../../shared/crypto/pairing';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { candidateHours } from '../../shared/crypto/stretch';
import { ServerSocket } from '../net/socket';
import { stretcher } from '../workers/stretcher';
import { CustomerSession } from './customer-session.svelte';
import { tellLateEnds } from './late-ends';
import { takenSession } from './take';
import {
  claimSession,
  forgetSession,
  storedSessions,
  storeSession,
  type StoredCustomer,
  type StoredEnd,
} from './stored';

/** A customer's clock further off than this explains an unknown code. */
const CLOCK_TOLERANCE_MS = 20 * 60_000;
const CONNECT_WAIT_MS = 10_000;

export interface EntryProblem {
  code: ErrorCode;
  retryAt?: number;
  /** This computer's clock differs so much that the right number cannot be found. */
  clockOff?: boolean;
}

/** Why a session that began in the helper cannot go on here: unreadable, held by another tab, or over. */
export type TakeProblem = 'broken' | 'open' | 'gone';

export class CustomerPage {
  #session = $state.raw<CustomerSession | null>(null);
  #checking = $state(false);
  #problem = $state.raw<EntryProblem | null>(null);
  #takeProblem = $state.raw<TakeProblem | null>(null);
  readonly #socket: ServerSocket;
  #waiting: (() => void)[] = [];
  #lateEnds: StoredEnd[] = [];
  /** Until the server has confirmed it. */
  #restored: CustomerSession | null = null;

  constructor() {
    this.#socket = new ServerSocket(CUSTOMER_NAMESPACE, {
      connected: () => void this.#onConnected(),
      disconnected: () => this.#session?.detached(),
      refused: (code) => {
        this.#problem = { code };
        this.#wake();
      },
    });
    const of = (id: string) => {
      const session = this.#session ?? this.#restored;
      return session?.id === id ? session : null;
    };
    this.#socket.on('session:relay', Relay, ({ sessionId, envelope }) => of(sessionId)?.receive(envelope));
    this.#socket.on('session:peer', PeerPresence, ({ sessionId, present }) =>
      of(sessionId)?.peerChanged(present),
    );
    this.#socket.on('helper:state', HelperState, (state) => of(state.sessionId)?.helperChanged(state));
    this.#socket.on('helper:relay', ToHelper, ({ sessionId, envelope }) =>
      of(sessionId)?.receiveFromHelper(envelope),
    );
    this.#socket.on('session:ended', Ended, ({ sessionId, by, reason }) => of(sessionId)?.ended(by, reason));
    addEventListener('pagehide', this.#leave);
  }

  get session(): CustomerSession | null {
    return this.#session;
  }
  get checking(): boolean {
    return this.#checking;
  }
  get problem(): EntryProblem | null {
    return this.#problem;
  }

  get takeProblem(): TakeProblem | null {
    return this.#takeProblem;
  }

  /** Starts loading what connecting needs, while the customer is still typing. */
  warmUp(): void {
    void loadSodium();
    void stretcher().ready();
    this.#socket.open();
  }

  /** Takes up a session that a reload interrupted; it shows once the server knows it too. */
  async restore(): Promise<void> {
    const { live, ended } = await storedSessions('customer');
    this.#lateEnds = ended;
    for (const stored of live) {
      const release = await claimSession(stored.id);
      if (!release) continue;
      if (!stored.relay) {
        await forgetSession(stored.id); // reloaded before the keys were agreed: nothing to go on with
        release();
        continue;
      }
      const sodium = await loadSodium();
      const session = CustomerSession.restored({
        sodium,
        socket: this.#socket,
        ice: NO_ICE,
        stored,
        release,
      });
      session.detached();
      this.#restored = session;
      break;
    }
    if (this.#restored || ended.length > 0) await this.#connect();
  }

  /**
   * Takes over a session that began in the helper, as after a reload (RS-70).
   * @param text what the address carried
   */
  async take(text: string): Promise<void> {
    const taken = takenSession(text, Date.now());
    this.#takeProblem = taken ? await this.#takeUp(taken) : 'broken';
  }

  /**
   * Redeems a number.
   * @param code eight digits
   * @param path `mail` when the page was opened by a link that carried the number
   * @param subscriber of `/c/<subscriber>`; a malformed one is like an unknown number
   */
  async submit(code: string, path: 'code' | 'mail', subscriber?: string): Promise<void> {
    if (this.#checking || this.#session) return;
    this.#checking = true;
    this.#problem = null;
    try {
      this.#problem = await this.#redeem(code, path, subscriber);
    } catch {
      this.#problem = { code: 'failed' };
    } finally {
      this.#checking = false;
    }
  }

  /** Back to the empty box after an end. */
  clear(): void {
    if (this.#session?.phase.at === 'ended') this.#session = null;
    this.#problem = null;
    this.#takeProblem = null;
  }

  dispose(): void {
    removeEventListener('pagehide', this.#leave);
    this.#socket.close();
  }

  async #takeUp(taken: StoredCustomer): Promise<TakeProblem | null> {
    if (this.#session && this.#session.phase.at !== 'ended') return 'open';
    const release = await claimSession(taken.id);
    if (!release) return 'open';
    // Opened a second time: what this browser remembers is newer than the address.
    const { live } = await storedSessions('customer');
    const stored = live.find(({ id }) => id === taken.id) ?? taken;
    await storeSession(stored);
    const sodium = await loadSodium();
    const session = CustomerSession.restored({ sodium, socket: this.#socket, ice: NO_ICE, stored, release });
    session.detached();
    this.#restored = session;
    if (this.#socket.connected) await this.#resume(session);
    else await this.#connect();
    return session.phase.at === 'ended' ? 'gone' : null;
  }

  async #redeem(code: string, path: 'code' | 'mail', subscriber?: string): Promise<EntryProblem | null> {
    if (subscriber !== undefined && !SubscriberCode.safeParse(subscriber).success)
      return { code: 'code_unknown' };
    const [sodium] = await Promise.all([loadSodium(), this.#connect()]);
    if (!this.#socket.connected) return this.#problem ?? { code: 'failed' };
    const origin = pairingOrigin(location.origin);
    for (const hour of candidateHours(Date.now())) {
      const stretched = await stretcher().stretch(code, origin, hour);
      const pairing = new CustomerPairing(sodium, stretched, origin);
      const message = {
        rdv: stretched.rdv,
        share: pairing.share,
        path,
        ...(subscriber ? { subscriber } : {}),
      };
      const ack = await this.#socket.request('session:join', message, Joined);
      if (ack.ok) {
        await this.#begin(sodium, ack, pairing);
        return null;
      }
      if (ack.error !== 'code_unknown') return problemOf(ack);
    }
    return { code: 'code_unknown', clockOff: await clockIsOff() };
  }

  async #begin(sodium: Sodium, joined: Joined, pairing: CustomerPairing): Promise<void> {
    const { sessionId: id, resume, host, mode, ice, peerPresent, windowsOnly } = joined;
    const common = { id, mode, resume, storedAt: Date.now(), windowsOnly };
    const stored: StoredCustomer = { ...common, side: 'customer', host, granted: false };
    const deps = { sodium, socket: this.#socket, ice, stored, peerPresent, release: () => undefined };
    // The session listens before anything is awaited: the operator's reply is on its way.
    const session = CustomerSession.joined(deps, pairing);
    this.#session = session;
    await storeSession(stored);
    const claimed = await claimSession(id);
    if (claimed) session.onRelease(claimed);
  }

  /** Resolves when the socket is connected, was refused, or the wait is over. */
  #connect(): Promise<void> {
    this.#socket.open();
    if (this.#socket.connected) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, CONNECT_WAIT_MS);
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #onConnected(): Promise<void> {
    const session = this.#session ?? this.#restored;
    if (session && !session.settled) await this.#resume(session);
    this.#wake();
    await tellLateEnds(this.#socket, this.#lateEnds.splice(0));
  }

  async #resume(session: CustomerSession): Promise<void> {
    const ack = await this.#socket.request('session:resume', session.ticket, CustomerSnapshot);
    if (ack.ok) {
      this.#session = session;
      this.#restored = null;
      if (ack.windowsOnly) session.keepToWindows();
      session.attached(ack.ice, ack.peerPresent);
      session.helperChanged(ack.helper);
    } else if (ack.error === 'session_gone') {
      session.ended('server', 'left');
      this.#restored = null; // over long ago: the empty box says enough
    } else {
      this.#socket.replace();
    }
  }

  readonly #leave = () => {
    const session = this.#session;
    if (session && session.phase.at !== 'ended') {
      void this.#socket.request('session:leaving', { sessionId: session.id });
    }
  };
}

const NO_ICE = { servers: [], policy: 'all' as const };

function problemOf(ack: Extract<Ack<object>, { ok: false }>): EntryProblem {
  return { code: ack.error, ...(ack.retryAt === undefined ? {} : { retryAt: ack.retryAt }) };
}

/** Compares this computer's clock with the server's `Date` header. */
async function clockIsOff(): Promise<boolean> {
  try {
    const answer = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    const server = Date.parse(answer.headers.get('date') ?? '');
    return Math.abs(server - Date.now()) > CLOCK_TOLERANCE_MS;
  } catch {
    return false;
  }
}
