/**
 * This browser as a device of the staff (DESIGN §3, §7): asks the administrator for approval, and once it has it, holds
 * what the chat desk needs: the keys that sign for the operator and those that open what is sealed for the vault.
 */
import type { Claimant } from '../../../shared/crypto/chat';
import {
  DEVICE_SEED_BYTES,
  deviceId,
  deviceKeys,
  devicePictures,
  deviceRequest,
  trustDevice,
  type DeviceKeys,
  type VaultAccess,
} from '../../../shared/crypto/device';
import { SAFETY_WORDS } from '../../../shared/crypto/safety-words';
import { toBase64 } from '../../../shared/crypto/encoding';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { DeviceCertificate, DeviceState } from '../../../shared/protocol/device';
import type { Me } from '../../../shared/protocol/http';
import type { Problem, Result } from '../../net/http';
import { browserName } from '../browser-name';
import { deviceApi } from './device-api';
import { deviceStorage, slotOf, type StoredDevice } from './stored-device';

/** Outside browsers there is no name to read. */
const nameHere = (): string =>
  browserName((globalThis.navigator as Navigator | undefined)?.userAgent ?? '', 'without version') ||
  'Browser';

/** `none`: this browser has not asked; `failed`: see `why`. */
export type StaffDeviceState = 'loading' | 'none' | 'pending' | 'approved' | 'revoked' | 'failed';
/** `storage`: the browser keeps nothing; `server`: it cannot be asked; `distrust`: what it says is not the tenant's word. */
export type StaffDeviceFailure = 'storage' | 'server' | 'distrust';

/** Another browser approves it at any moment; approved ones only hear of a revocation, and over the socket first. */
const LOOK_EVERY_MS = { pending: 4_000, failed: 10_000, approved: 60_000 };

type Api = Pick<typeof deviceApi, 'vaultKeys' | 'ask' | 'state'>;

export class StaffDevice {
  #state = $state<StaffDeviceState>('loading');
  #why = $state.raw<StaffDeviceFailure | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #words = $state.raw<number[]>([]);
  #keys = $state.raw<DeviceKeys | null>(null);
  #trusted = $state.raw<{ certificate: DeviceCertificate; access: VaultAccess; vaultKey: string } | null>(
    null,
  );
  #stored = $state.raw<StoredDevice | null>(null);
  #id = $state('');
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param me who is signed in; the device is this account's
   * @param name by which the administrator knows this browser in a list
   */
  constructor(
    readonly me: Me,
    private readonly api: Api = deviceApi,
    private readonly storage = deviceStorage,
    private readonly name = nameHere(),
  ) {}

  get state(): StaffDeviceState {
    return this.#state;
  }
  /** Why it is `failed`. */
  get why(): StaffDeviceFailure | null {
    return this.#why;
  }
  /** What the server answered when it is `failed` with `server`. */
  get problem(): Problem | null {
    return this.#problem;
  }
  /** base64url, empty until there is one. */
  get id(): string {
    return this.#id;
  }
  /** Indices into `SAFETY_WORDS`, for `SafetyWords.svelte`; the administrator sees the same. */
  get words(): number[] {
    return this.#words;
  }
  get pictures(): { emoji: string; en: string; ja: string }[] {
    return this.#words.flatMap((index) => SAFETY_WORDS[index] ?? []);
  }
  get keys(): DeviceKeys | null {
    return this.#keys;
  }
  /** This and what follows: only while approved. */
  get certificate(): DeviceCertificate | null {
    return this.#trusted?.certificate ?? null;
  }
  get access(): VaultAccess | null {
    return this.#trusted?.access ?? null;
  }
  get vaultKey(): string | null {
    return this.#trusted?.vaultKey ?? null;
  }
  /** The tenant's, as pinned when this browser asked. */
  get identityKey(): string | null {
    return this.#stored?.identityKey ?? null;
  }

  /** What it takes to claim a conversation; null unless approved. @param operator as customers see the name */
  claimant(operator: string): Claimant | null {
    const [device, trusted, identityKey] = [this.#keys, this.#trusted, this.identityKey];
    if (!device || !trusted || !identityKey) return null;
    return { device, certificate: trusted.certificate, operator, identityKey, vaultKey: trusted.vaultKey };
  }

  /**
   * Takes up this browser's device.
   * @param ask whether to ask for approval if it never did
   */
  async open({ ask = true }: { ask?: boolean } = {}): Promise<void> {
    try {
      this.#stored = await this.storage.find(slotOf(this.me));
    } catch {
      return this.#fail('storage');
    }
    if (this.#stored) await this.#takeUp();
    else if (ask) await this.ask();
    else this.#become('none');
  }

  /** Makes a device of this browser and asks the administrator to approve it. */
  async ask(): Promise<void> {
    const result = await this.api.vaultKeys(this.me.role);
    if (!result.ok) return this.#fail('server', result);
    await this.askUnder(result.value.identityKey);
  }

  /** The same for a tenant whose identity key is known for certain, as the release key makes it. */
  async askUnder(identityKey: string): Promise<void> {
    const slot = slotOf(this.me);
    try {
      const sodium = await loadSodium();
      const seed = sodium.randombytes_buf(DEVICE_SEED_BYTES);
      this.#stored = await this.storage.keep({ slot, seed, identityKey });
    } catch {
      return this.#fail('storage');
    }
    if (this.#stored.identityKey === identityKey) await this.#takeUp();
    else this.#fail('distrust');
  }

  /**
   * After a revocation, or when nothing else helps: a new device takes the old one's place.
   * @param identityKey the tenant's, where it is known for certain
   */
  async startAnew(identityKey?: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = 'loading';
    this.#keys = this.#trusted = null;
    try {
      await this.storage.forget(slotOf(this.me));
    } catch {
      return this.#fail('storage');
    }
    await (identityKey === undefined ? this.ask() : this.askUnder(identityKey));
  }

  /** The server told that something about a device of this account changed. */
  async heard(id: string): Promise<void> {
    if (id === this.#id) await this.look();
  }

  /** Asks the server how it stands now. */
  async look(): Promise<void> {
    const stored = this.#stored;
    if (!stored || this.#closed) return;
    const sodium = await loadSodium();
    this.#take(sodium, stored, await this.api.state(this.me.role, this.#id));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Keys and pictures from the seed; then the request, which changes nothing if it was made before. */
  async #takeUp(): Promise<void> {
    const stored = this.#stored;
    if (!stored) return;
    const sodium = await loadSodium();
    const { identityKey } = stored;
    this.#keys = deviceKeys(sodium, stored.seed);
    const request = deviceRequest(sodium, this.#keys, identityKey, this.#owner, this.name);
    this.#id = deviceId(sodium, request);
    const result = await this.api.ask(this.me.role, this.#id, request);
    // Only those who wait need the pictures, and they cost a moment of computing.
    if (result.ok && result.value.state === 'pending') {
      this.#words = devicePictures(sodium, this.#id, identityKey);
    }
    this.#take(sodium, stored, result);
  }

  get #owner() {
    return { account: this.me.id, role: this.me.role };
  }

  #take(sodium: Sodium, stored: StoredDevice, result: Result<DeviceState>): void {
    if (this.#closed || this.#stored !== stored || !this.#keys) return;
    // An approved device goes on while the server is away; it says so itself if it takes the approval back.
    if (!result.ok) {
      if (this.#trusted && result.error !== 'not_found') return this.#lookLater();
      // The server does not accept what was signed for the tenant's key as it was: it names another tenant now.
      return result.error === 'invalid' ? this.#fail('distrust') : this.#fail('server', result);
    }
    const { state, vaultKey } = result.value;
    if (state !== 'approved') {
      this.#trusted = null;
      return this.#become(state);
    }
    const asked = { keys: this.#keys, identityKey: stored.identityKey, owner: this.#owner };
    const trusted = trustDevice(sodium, asked, result.value);
    if (!trusted) return this.#fail('distrust');
    // A look that finds nothing new must not wake everything that depends on the keys.
    if (!this.#isKnown(sodium, trusted)) this.#trusted = { ...trusted, vaultKey };
    this.#become('approved');
  }

  #isKnown(sodium: Sodium, { certificate, access }: { certificate: DeviceCertificate; access: VaultAccess }) {
    const known = this.#trusted;
    if (known?.certificate.signature !== certificate.signature) return false;
    const same = toBase64(sodium, known.access.box.publicKey) === toBase64(sodium, access.box.publicKey);
    return same && (known.access.root === null) === (access.root === null);
  }

  #become(state: Exclude<StaffDeviceState, 'failed'>): void {
    this.#why = this.#problem = null;
    this.#state = state;
    this.#lookLater();
  }

  #fail(why: StaffDeviceFailure, problem: Problem | null = null): void {
    if (this.#closed) return;
    this.#trusted = null;
    this.#why = why;
    this.#problem = problem;
    this.#state = 'failed';
    this.#lookLater();
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    const state = this.#state;
    if (this.#closed || state === 'loading' || state === 'none' || state === 'revoked') return;
    if (state === 'failed' && (this.#why !== 'server' || this.#problem?.error === 'signed_out')) return;
    this.#timer = setTimeout(() => void (this.#id ? this.#again() : this.open()), LOOK_EVERY_MS[state]);
  }

  /** A server that has forgotten the device is asked anew. */
  async #again(): Promise<void> {
    if (this.#state === 'failed') await this.#takeUp();
    else await this.look();
  }
}
