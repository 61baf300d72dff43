/**
 * One helper handed out: its secret, the rendezvous at the server, and how long it may take to come. What the server says
 * counts more than this computer's clock; while the server is away nothing expires.
 */
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { HELPER_SECRET_BYTES, helperKeys, helperToken } from '../../shared/crypto/helper-link';
import type { HelperKeys } from '../../shared/crypto/helper-link';
import type { Grants } from '../../shared/protocol/helper';
import { HELPER_OFFER_MS, Offered } from '../../shared/protocol/helper';
import type { HelperHostDeps, OfferEnd } from './helper-host-types';
import type { StoredHelper } from './stored';

/** The server's word on the end of the offer comes first, where there is a server. */
const SLACK_MS = 5_000;
/** Between attempts while the server says that it was asked too often. */
const LIMITED_MS = { least: 500, most: 30_000 };

type OfferDeps = Pick<HelperHostDeps, 'sodium' | 'socket' | 'sessionId' | 'origin' | 'remember'>;
type Given = Extract<StoredHelper, { at: 'given' }>;

export class HelperOffer {
  #stored: StoredHelper | undefined;
  #keys: HelperKeys | undefined;
  #online = true;
  #announcing = false;
  /** The server takes no offers at the moment; it is asked again. */
  #held = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param over the helper can come no more, while it had not come */
  constructor(
    private readonly deps: OfferDeps,
    stored: StoredHelper | undefined,
    private readonly over: (why: OfferEnd) => void,
  ) {
    this.#stored = stored;
  }

  /** The keys of the helper that may come or is there. */
  get keys(): HelperKeys | undefined {
    return this.#keys;
  }
  /** Nobody can use what was handed out before the server takes the offer. */
  get held(): boolean {
    return this.#held;
  }
  get given(): Given | undefined {
    return this.#stored?.at === 'given' ? this.#stored : undefined;
  }
  /** Goes into the file's name and the `tasuki:` link. */
  get token(): string {
    const { sodium, origin } = this.deps;
    const secret = this.given?.secret;
    return secret === undefined ? '' : helperToken(sodium, { origin, secret: fromBase64(sodium, secret) });
  }

  /** Makes a new secret and announces its rendezvous. */
  make(grants: Grants): HelperKeys {
    const secret = toBase64(this.deps.sodium, this.deps.sodium.randombytes_buf(HELPER_SECRET_BYTES));
    const until = Date.now() + HELPER_OFFER_MS;
    this.#keep({ at: 'given', secret, until, met: false, adopted: false, grants });
    const keys = this.#use(secret);
    this.#arm(until);
    void this.announce();
    return keys;
  }

  /** Takes up what was handed out by an earlier page, or given up too early. */
  takeUp(given: Given): HelperKeys {
    if (!given.met) this.#arm(given.until);
    return this.#use(given.secret);
  }

  /** The helper has come: its time limit does not count any more. */
  met(): void {
    this.#disarm();
    if (this.given && !this.given.met) this.#keep({ ...this.given, met: true });
  }

  /** The server says that the offer stands, whatever this clock says. */
  stands(): void {
    if (this.given) this.#arm(Math.max(this.given.until, Date.now()));
  }

  /** The server has no offer of ours: it never heard of it, forgot it, or its time is over. */
  missing(): void {
    if (this.#announcing || !this.given) return;
    if (Date.now() < this.given.until) void this.announce();
    else this.over('time');
  }

  keepGrants(grants: Grants): void {
    if (this.#stored) this.#keep({ ...this.#stored, grants }); // else nothing was handed out yet
  }

  /** Forgets the secret for good. */
  dismiss(grants: Grants): void {
    this.drop();
    this.#keep({ at: 'dismissed', grants });
  }

  /** Nothing is waited for; the secret is kept, as the server may know better. */
  drop(): void {
    this.#disarm();
    this.#keys = undefined;
  }

  attached(): void {
    this.#online = true;
  }

  detached(): void {
    this.#online = false;
  }

  /** Has the server forget the offer and send a helper away. @returns whether it did */
  async withdraw(): Promise<boolean> {
    const { socket, sessionId } = this.deps;
    return (await socket.request('helper:dismiss', { sessionId })).ok;
  }

  async announce(): Promise<void> {
    const keys = this.#keys;
    if (!keys || !this.#online || this.#announcing) return;
    this.#announcing = true;
    let ack = await this.#say(keys);
    if (!ack.ok && ack.error === 'conflict' && keys === this.#keys && !this.given?.met) {
      // An earlier helper, which was given up here but is there: the person asked for another one.
      await this.withdraw();
      ack = await this.#say(keys);
    }
    this.#announcing = false;
    if (keys !== this.#keys) return void this.announce(); // replaced meanwhile
    if (!this.given || this.given.met) return;
    if (ack.ok) return this.#announced(this.given, ack.expiresAt);
    // Without an answer the next snapshot tells that it has to be said again.
    if (ack.error === 'failed') this.deps.socket.replace();
    else if (ack.error === 'limited') this.#again(ack.retryAt ?? 0);
    else this.over(ack.error === 'busy' ? 'busy' : 'refused');
  }

  #announced(given: Given, expiresAt: number): void {
    this.#held = false;
    const now = Date.now();
    // By the server's clock; where that and ours disagree, the time that every offer has.
    const until = expiresAt > now && expiresAt <= now + HELPER_OFFER_MS ? expiresAt : now + HELPER_OFFER_MS;
    this.#keep({ ...given, until });
    this.#arm(until);
  }

  #say({ rdv }: HelperKeys) {
    const { socket, sessionId } = this.deps;
    return socket.request('helper:offer', { sessionId, rdv }, Offered);
  }

  #again(at: number): void {
    this.#held = true;
    const wait = Math.min(LIMITED_MS.most, Math.max(at - Date.now(), LIMITED_MS.least));
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.announce(), wait);
  }

  #use(secret: string): HelperKeys {
    const { sodium } = this.deps;
    return (this.#keys = helperKeys(sodium, fromBase64(sodium, secret)));
  }

  #arm(until: number): void {
    clearTimeout(this.#timer);
    // Offline the helper may have come meanwhile: the next snapshot tells.
    this.#timer = setTimeout(() => this.#online && this.over('time'), until - Date.now() + SLACK_MS);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#held = false;
  }

  #keep(stored: StoredHelper): void {
    this.#stored = stored;
    this.deps.remember(stored);
  }
}
