/**
 * The host's side of the native helper: hands it out, tells it what is shared, switches the grants. Runs in the page in
 * front of the computer that is operated; knows the secret, which the controller never does.
 */
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { TamperError } from '../../shared/crypto/errors';
import { HELPER_SECRET_BYTES, helperKeys, helperToken } from '../../shared/crypto/helper-link';
import type { HelperKeys } from '../../shared/crypto/helper-link';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import { MODE_RULES } from '../../shared/policy';
import type { EndReason, Language, Mode, Party, Side } from '../../shared/protocol/common';
import {
  HELPER_OFFER_MS,
  HostLineMessage,
  Offered,
  type HelperState,
  type Surface,
} from '../../shared/protocol/helper';
import type { Card, RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { GrantSwitches, type GrantName } from './grant-switches.svelte';
import { RelayLine } from './relay-line';
import type { StoredHelper } from './stored';

/** The server's word on the end of the offer comes first, where there is a server. */
const SLACK_MS = 5_000;

/** What the helper says of itself and of this desktop. */
export type Ready = Omit<Extract<HostLineMessage, { t: 'ready' }>, 't'>;

/** How far the helper of this computer is. */
export type HelperStatus =
  | { at: 'none' }
  /** Handed out; `token` is in the file's name and in the `tasuki:` link. `adopted`: it runs already. */
  | { at: 'waiting'; token: string; adopted: boolean }
  /** Nobody started it in time, or the server refused it: only a new one can come. */
  | { at: 'expired' }
  /** `ready` once its own line is open. */
  | { at: 'attached'; ready: Ready | null }
  /** Its line to the server is interrupted. What it operates it may still operate, peer to peer. */
  | { at: 'away'; ready: Ready | null }
  /** It was there and has gone for good. */
  | { at: 'gone' }
  /** The person goes on without it. */
  | { at: 'dismissed' };

export interface HelperHostDeps {
  sodium: Sodium;
  socket: ServerSocket;
  sessionId: string;
  side: Side;
  mode: Mode;
  /** The server's, as `location.origin` gives it. */
  origin: string;
  /** Of an earlier page of this session, or of the helper that opened this one. */
  stored: StoredHelper | undefined;
  card(): Card;
  language(): Language;
  windowsOnly(): boolean;
  surfaces(): Surface[];
  /** Gives the controller's browser its key, or tells it that there is no helper any more. */
  tellKey(key: string | null): void;
  /** Keeps what a reload must not lose. */
  remember(helper: StoredHelper): void;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
}

export class HelperHost {
  #status = $state.raw<HelperStatus>({ at: 'none' });
  #paused = $state(false);
  readonly switches: GrantSwitches;
  readonly #line: RelayLine<HostLineMessage>;
  #keys: HelperKeys | undefined;
  #stored: StoredHelper | undefined;
  #online = true;
  #offering = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldSurfaces = '';

  constructor(private readonly deps: HelperHostDeps) {
    this.#stored = deps.stored;
    this.#line = new RelayLine<HostLineMessage>(
      deps.socket,
      deps.sessionId,
      {
        message: (message) => this.#onMessage(message),
        opened: () => this.#onEpoch(),
        settled: () => undefined,
        tampered: () => deps.ended(deps.side, 'tampered'),
      },
      'helper:relay',
    );
    this.switches = new GrantSwitches(MODE_RULES[deps.mode].clipboard, deps.stored?.grants, {
      send: (message) => this.#line.send(message),
      changed: (grants) => this.#remember({ grants }),
    });
    if (deps.stored) this.#takeUp(deps.stored);
  }

  get status(): HelperStatus {
    return this.#status;
  }

  /** The person's own mouse or keyboard keeps remote input away at the moment. */
  get paused(): boolean {
    return this.#paused;
  }

  /** The controller's key as the relay's snapshot carries it; null while there is no helper. */
  get peerKey(): string | null {
    return this.#keys ? toBase64(this.deps.sodium, this.#keys.peerKey) : null;
  }

  /** The picture is there, so the helper's turn has come: hands it out, unless that was done before. */
  begin(): void {
    if (this.#status.at === 'none') this.offer();
  }

  /** Makes a new secret and announces its rendezvous; the file's name or the link hands it over. */
  offer(): void {
    const secret = toBase64(this.deps.sodium, this.deps.sodium.randombytes_buf(HELPER_SECRET_BYTES));
    const grants = this.switches.wished;
    const until = Date.now() + HELPER_OFFER_MS;
    this.#remember({ at: 'given', secret, until, met: false, adopted: false, grants });
    this.#use(secret);
    this.#wait(until);
    this.deps.tellKey(this.peerKey);
    void this.#announce();
  }

  /** Goes on without the helper; one that is there is sent away. */
  dismiss(): void {
    this.#line.send({ t: 'dismiss' });
    void this.deps.socket.request('helper:dismiss', { sessionId: this.deps.sessionId });
    this.#drop({ at: 'dismissed' });
    this.deps.tellKey(null);
    this.#remember({ at: 'dismissed', grants: this.switches.wished });
  }

  /** What the server says of it; also part of every snapshot. */
  changed({ state }: HelperState): void {
    const { at } = this.#status;
    if (!this.#keys || at === 'dismissed' || at === 'expired') return;
    if (state === 'attached') {
      this.#met();
      if (at !== 'attached')
        this.#status = { at: 'attached', ready: at === 'away' ? this.#status.ready : null };
      this.#line.attached();
    } else if (state === 'away' && (at === 'attached' || at === 'waiting')) {
      this.#met();
      this.#status = { at: 'away', ready: at === 'attached' ? this.#status.ready : null };
      this.#interrupted();
    } else if (state === 'none') {
      this.#onNone();
    }
  }

  receive(envelope: RelayEnvelope): void {
    if (this.#keys) this.#line.receive(envelope);
  }

  /** This page's socket is attached to the session (again); the server's snapshot of the helper follows. */
  attached(): void {
    this.#online = true;
    if (this.#stored?.at === 'dismissed')
      void this.deps.socket.request('helper:dismiss', { sessionId: this.deps.sessionId });
  }

  detached(): void {
    this.#online = false;
    this.#interrupted();
  }

  /** The captured surfaces may have changed. */
  surfacesChanged(): void {
    if (this.#toldSurfaces && JSON.stringify(this.deps.surfaces()) !== this.#toldSurfaces) this.#sendConfig();
  }

  /** The controller asks for a grant (SessionMessage `request`). @returns whether the person sees it */
  request(name: GrantName): boolean {
    return this.#status.at === 'attached' && this.switches.ask(name);
  }

  /** The session is over. */
  close(by: Party, reason: EndReason): void {
    this.#line.send({ t: 'end', by, reason });
    this.#drop({ at: 'none' });
    this.switches.close();
  }

  /** The server has no helper for this session (any more). */
  #onNone(): void {
    const stored = this.#stored;
    if (this.#offering || stored?.at !== 'given') return;
    if (stored.met) {
      this.#drop({ at: 'gone' });
      this.deps.tellKey(null);
    } else if (Date.now() < stored.until && this.#status.at === 'waiting') {
      void this.#announce(); // it never heard of the offer, or has forgotten it
    } else {
      this.#expire();
    }
  }

  async #announce(): Promise<void> {
    const keys = this.#keys;
    if (!keys || !this.#online || this.#offering) return;
    this.#offering = true;
    const { socket, sessionId } = this.deps;
    const ack = await socket.request('helper:offer', { sessionId, rdv: keys.rdv }, Offered);
    this.#offering = false;
    if (keys !== this.#keys) return void this.#announce(); // replaced meanwhile
    // Without an answer the next snapshot tells that it has to be said again.
    if (!ack.ok && ack.error !== 'failed' && this.#status.at === 'waiting') this.#expire();
  }

  #expire(): void {
    this.#drop({ at: 'expired' });
    this.deps.tellKey(null);
  }

  #takeUp(stored: StoredHelper): void {
    if (stored.at === 'dismissed') {
      this.#status = { at: 'dismissed' };
      return;
    }
    this.#use(stored.secret);
    if (stored.met) this.#status = { at: 'away', ready: null };
    else this.#wait(stored.until, stored.adopted);
  }

  #use(secret: string): void {
    const { sodium } = this.deps;
    this.#keys = helperKeys(sodium, fromBase64(sodium, secret));
    const saved = { side: 'operator' as const, key: toBase64(sodium, this.#keys.hostKey) };
    this.#line.use(SealedRelay.of(sodium, saved, HostLineMessage));
  }

  #wait(until: number, adopted = false): void {
    const { sodium, origin } = this.deps;
    if (this.#stored?.at !== 'given') return;
    const token = helperToken(sodium, { origin, secret: fromBase64(sodium, this.#stored.secret) });
    this.#status = { at: 'waiting', token, adopted };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#status.at === 'waiting' && this.#expire(),
      until - Date.now() + SLACK_MS,
    );
  }

  #met(): void {
    clearTimeout(this.#timer);
    if (this.#stored?.at === 'given' && !this.#stored.met) this.#remember({ met: true });
  }

  /** Nothing reaches the helper at the moment: its epoch is over. */
  #interrupted(): void {
    this.#line.detached();
    this.switches.interrupted();
    this.#toldSurfaces = '';
    this.#paused = false;
  }

  #drop(status: HelperStatus): void {
    clearTimeout(this.#timer);
    this.#interrupted();
    this.#keys = undefined;
    this.#status = status;
  }

  #remember(change: Partial<StoredHelper>): void {
    if (!this.#stored && !('at' in change)) return; // nothing was handed out yet
    this.#stored = { ...this.#stored, ...change } as StoredHelper;
    this.deps.remember(this.#stored);
  }

  #onEpoch(): void {
    this.#sendConfig();
    this.switches.opened();
  }

  #sendConfig(): void {
    const { deps } = this;
    const surfaces = deps.surfaces();
    this.#toldSurfaces = JSON.stringify(surfaces);
    this.#line.send({
      t: 'config',
      language: deps.language(),
      card: deps.card(),
      mode: deps.mode,
      windowsOnly: deps.windowsOnly(),
      surfaces,
      grants: this.switches.wished,
    });
  }

  #onMessage(message: HostLineMessage): void {
    switch (message.t) {
      case 'ready': {
        const { version, system, backend, reason } = message;
        this.#status = { at: 'attached', ready: { version, system, backend, reason } };
        return;
      }
      case 'grants':
        this.switches.told(message.grants);
        return;
      case 'guarding':
        this.switches.guarding(message.on);
        return;
      case 'paused':
        this.#paused = message.on;
        return;
      case 'end':
        this.deps.ended(message.by, message.reason);
        return;
      default:
        throw new TamperError('unexpected'); // only this page says these
    }
  }
}
