/** The customer's page: from typed digits to a session. Loaded lazily, it brings socket, crypto and WebRTC with it. */
import { CUSTOMER_NAMESPACE, CustomerSnapshot } from '../../shared/protocol/customer';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { ServerSocket, type SocketEvents } from '../net/socket';
import { stretcher } from '../workers/stretcher';
import { CustomerSession } from './customer-session.svelte';
import { hearSessions } from './hear-sessions';
import { tellLateEnds } from './late-ends';
import { redeem, type Entered, type EntryProblem, type Redeemed } from './redeem';
import { RestoredSession, claimFirst, type Claimed } from './restored-session.svelte';
import { takenSession } from './take';
import { claimSession, storedSessions, storeSession, type StoredCustomer, type StoredEnd } from './stored';

const CONNECT_WAIT_MS = 10_000;

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
  readonly #restored = new RestoredSession();

  constructor(connect = (events: SocketEvents) => new ServerSocket(CUSTOMER_NAMESPACE, events)) {
    this.#socket = connect({
      connected: () => void this.#onConnected(),
      disconnected: () => this.#session?.detached(),
      refused: (code) => {
        this.#problem = { code };
        this.#wake();
      },
    });
    hearSessions(this.#socket, (id) => (this.#current?.id === id ? this.#current : null));
    addEventListener('pagehide', this.#leave);
  }

  get session(): CustomerSession | null {
    return this.#session;
  }
  /** A session of before is being taken up; `late` when the server cannot be reached. */
  get restoring(): 'soon' | 'late' | null {
    return this.#restored.state;
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
    const { claimed, ended } = await claimFirst();
    this.#lateEnds = ended;
    if (claimed) this.#restore(await loadSodium(), claimed);
    if (claimed || ended.length > 0) await this.#connect();
  }

  /**
   * Takes over a session that began in the helper, as after a reload (RS-70).
   * @param text what the address carried
   */
  async take(text: string): Promise<void> {
    this.#takeProblem = null;
    const taken = takenSession(text, Date.now());
    if (taken) await this.#take(taken);
    else this.#takeProblem = 'broken';
  }

  /** Redeems a number. */
  async submit(entered: Entered): Promise<void> {
    if (this.#checking || this.#session) return;
    this.giveUp();
    this.#checking = true;
    this.#problem = null;
    try {
      const [sodium] = await Promise.all([loadSodium(), this.#connect()]);
      if (!this.#socket.connected) {
        this.#problem ??= { code: 'failed' };
        return;
      }
      const got = await redeem(sodium, this.#socket, entered);
      if ('joined' in got) await this.#begin(sodium, got);
      else this.#problem = got;
    } catch {
      this.#problem = { code: 'failed' };
    } finally {
      this.#checking = false;
    }
  }

  /** Ends the session that is being taken up; the server hears of it as soon as it can be reached. */
  giveUp(): void {
    const end = this.#restored.giveUp();
    if (!end) return;
    this.#lateEnds.push(end);
    if (this.#socket.connected) void this.#tellLateEnds();
  }

  /** Back to the empty box after an end. */
  clear(): void {
    if (this.#session?.phase.at === 'ended') this.#session = null;
    this.#problem = null;
    this.#takeProblem = null;
  }

  dispose(): void {
    removeEventListener('pagehide', this.#leave);
    this.giveUp();
    this.#socket.close();
  }

  async #take(taken: StoredCustomer): Promise<void> {
    const busy = (this.#session && this.#session.phase.at !== 'ended') || this.restoring;
    const release = busy ? null : await claimSession(taken.id);
    if (!release) {
      this.#takeProblem = 'open';
      return;
    }
    // Opened a second time: what this browser remembers is newer than the address.
    const { live } = await storedSessions('customer');
    const stored = live.find(({ id }) => id === taken.id) ?? taken;
    let session: CustomerSession;
    try {
      session = this.#restore(await loadSodium(), { stored, release });
    } catch {
      release();
      this.#takeProblem = 'broken'; // of the right length, but no key
      return;
    }
    await storeSession(stored);
    if (this.#socket.connected) await this.#resume(session);
    else await this.#connect();
  }

  #restore(sodium: Sodium, claimed: Claimed): CustomerSession {
    const session = CustomerSession.restored({ sodium, socket: this.#socket, ice: NO_ICE, ...claimed });
    this.#session = null; // one that has ended
    this.#restored.begin(session);
    return session;
  }

  get #current(): CustomerSession | null {
    return this.#session ?? this.#restored.session;
  }

  async #begin(sodium: Sodium, { joined, pairing }: Redeemed): Promise<void> {
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
    const session = this.#current;
    if (session && !session.settled) await this.#resume(session);
    this.#wake();
    await this.#tellLateEnds();
  }

  async #tellLateEnds(): Promise<void> {
    await tellLateEnds(this.#socket, this.#lateEnds.splice(0));
  }

  async #resume(session: CustomerSession): Promise<void> {
    const ack = await this.#socket.request('session:resume', session.ticket, CustomerSnapshot);
    if (session !== this.#current) return; // given up meanwhile
    const restored = session === this.#restored.session;
    if (ack.ok) {
      if (restored) {
        this.#session = session;
        this.#restored.settle();
      }
      if (ack.windowsOnly) session.keepToWindows();
      session.attached(ack.ice, ack.peerPresent);
      session.compare(ack);
      session.helperChanged(ack.helper);
    } else if (ack.error === 'session_gone') {
      session.ended('server', 'left');
      if (!restored) return;
      if (session.taken) this.#takeProblem = 'gone';
      this.#restored.settle(); // over long ago: the empty box says enough
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
