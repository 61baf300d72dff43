/** 「端末」: the browsers of the staff, and this one's way to decide about them. */
import { SvelteMap } from 'svelte/reactivity';
import { devicePictures } from '../../../../shared/crypto/device';
import { loadSodium } from '../../../../shared/crypto/sodium';
import type { DeviceRow } from '../../../../shared/protocol/device';
import type { Me } from '../../../../shared/protocol/http';
import type { Problem, Result } from '../../../net/http';
import { deviceApi } from '../../../session/device/device-api';
import {
  approveRow,
  enrol,
  identityKeyOf,
  isGenuine,
  unlockVault,
  type Refusal,
} from '../../../session/device/enrol';
import { StaffDevice } from '../../../session/device/staff-device.svelte';
import type { Account } from '../../signin/account.svelte';

/** Somebody at another desk has just asked, and waits. */
const LOOK_EVERY_MS = 5_000;

/** Four pictures, and whether the device's holder really asked for that account. */
export interface Checked {
  words: number[];
  genuine: boolean;
}

export class DeviceList {
  all = $state.raw<DeviceRow[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  /** Of the devices that wait, by their id. */
  readonly checked = new SvelteMap<string, Checked>();
  /** From the release key, for as long as the page is open. */
  #typed = $state.raw<Uint8Array | null>(null);
  readonly #timer: ReturnType<typeof setInterval>;
  #checking = false;

  constructor(
    private readonly account: Account,
    me: Me,
    /** This browser. */
    readonly own = new StaffDevice(me),
  ) {
    void this.own.open({ ask: false }).then(() => this.load());
    this.#timer = setInterval(
      () => document.visibilityState === 'visible' && void this.load(),
      LOOK_EVERY_MS,
    );
  }

  /** The vault's secret, with which this page approves. */
  get root(): Uint8Array | null {
    return this.own.access?.root ?? this.#typed;
  }
  get pending(): DeviceRow[] {
    return this.all?.filter((row) => row.state === 'pending') ?? [];
  }
  get approved(): DeviceRow[] {
    return this.all?.filter((row) => row.state === 'approved') ?? [];
  }
  get revoked(): DeviceRow[] {
    return this.all?.filter((row) => row.state === 'revoked') ?? [];
  }

  async load(): Promise<void> {
    const result = await deviceApi.list();
    this.problem = result.ok ? null : result;
    if (result.ok) {
      this.all = result.value;
      await this.#check();
    } else if (result.error === 'signed_out') {
      this.account.lost();
    }
  }

  /**
   * Opens the vault with the release key.
   * @param remember makes this browser an approved device, so that the key is not needed again
   * @returns whether it opened
   */
  async unlock(releaseKey: string, remember: boolean): Promise<boolean> {
    return this.#work(async () => {
      const unlocked = await unlockVault(releaseKey);
      if (!unlocked.ok) return unlocked.why;
      this.#typed = unlocked.root;
      // What was checked against the server's word is checked against the tenant's own key now.
      this.checked.clear();
      if (remember) await enrol(this.own, unlocked.root);
      return null;
    });
  }

  /** @returns whether it is approved now */
  async approve(row: DeviceRow): Promise<boolean> {
    const { root } = this;
    return root !== null && this.#work(() => approveRow(root, row));
  }

  /** @returns whether it is revoked now */
  async revoke(row: DeviceRow): Promise<boolean> {
    const done = await this.#work(async () => {
      const result: Result<unknown> = await deviceApi.revoke(row.id);
      return result.ok ? null : result;
    });
    if (row.id === this.own.id) await this.own.look();
    return done;
  }

  close(): void {
    clearInterval(this.#timer);
    this.own.close();
  }

  /** One act at a time; afterwards the list is read anew. */
  async #work(act: () => Promise<Refusal | null>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refusal = null;
    try {
      this.refusal = await act();
    } catch {
      this.refusal = { ok: false, error: 'failed' };
    }
    this.busy = false;
    if (typeof this.refusal === 'object' && this.refusal?.error === 'signed_out') this.account.lost();
    await this.load();
    return this.refusal === null;
  }

  /** Pictures take a moment each, so each is made once, and the page is drawn in between. */
  async #check(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    try {
      let next: DeviceRow | undefined;
      do next = this.pending.find((row) => !this.checked.has(row.id));
      while (next && (await this.#checkOne(next)));
    } finally {
      this.#checking = false;
    }
  }

  /** @returns false when it cannot be checked now */
  async #checkOne(row: DeviceRow): Promise<boolean> {
    const { root } = this;
    const [sodium, identityKey] = [await loadSodium(), await this.#identityKey()];
    if (!identityKey) return false;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const genuine = isGenuine(sodium, row, identityKey);
    const words = genuine ? devicePictures(sodium, row.id, identityKey) : [];
    // The release key came in the meantime: this was checked against the server's word only.
    if (root === this.root) this.checked.set(row.id, { words, genuine });
    return true;
  }

  /** The tenant's own where this page knows it, else the one that the server names. */
  async #identityKey(): Promise<string | null> {
    if (this.root) return identityKeyOf(await loadSodium(), this.root);
    const keys = await deviceApi.vaultKeys('administrator');
    return keys.ok ? keys.value.identityKey : null;
  }
}
