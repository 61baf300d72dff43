/**
 * The server as staff devices see it, behind `fetch`: keeps what it is told and can make no approval, as it has no key.
 * `lie` changes an answer on its way out.
 */
import { signVaultCard, vaultKeys } from '../../../shared/crypto/vault';
import { concat, lvCat, utf8 } from '../../../shared/crypto/bytes';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { DeviceApproval, DeviceRequest, DeviceRow, DeviceState } from '../../../shared/protocol/device';
import type { Me, VaultRecord } from '../../../shared/protocol/http';
import type { DeviceStorage, StoredDevice } from './stored-device';

type Row = DeviceRow & { approval: DeviceApproval | null };

export const ME: Me = {
  id: 'Anna',
  name: 'Anna',
  role: 'operator',
  company: 'Acme',
  subscriber: 'ABCDEFGH',
};
export const CHIEF: Me = { ...ME, id: 'chief', name: 'chief', role: 'administrator' };

/** What the browser keeps, for one test. */
export function memoryStorage(): DeviceStorage & { kept: Map<string, StoredDevice> } {
  const kept = new Map<string, StoredDevice>();
  return {
    kept,
    find: async (slot) => kept.get(slot) ?? null,
    async keep(device) {
      if (!kept.has(device.slot)) kept.set(device.slot, device);
      return kept.get(device.slot) ?? device;
    },
    forget: async (slot) => void kept.delete(slot),
  };
}

/** A vault as `createVault` makes it, but of a known secret and release key. */
export const RELEASE_KEY = '0000-0000-0000-0000-0000-0000-0000-0000';
export function vaultOf(sodium: Sodium, root: Uint8Array): VaultRecord {
  const keys = vaultKeys(sodium, root);
  const nonce = new Uint8Array(24);
  const wrapKey = sodium.crypto_generichash(32, lvCat('tasuki vault wrap 1'), new Uint8Array(20));
  const ad = utf8('tasuki vault 1');
  const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(root, ad, null, nonce, wrapKey);
  return {
    publicKey: toBase64(sodium, keys.box.publicKey),
    identityKey: toBase64(sodium, keys.identity.publicKey),
    card: signVaultCard(sodium, root),
    wrapped: toBase64(sodium, concat(nonce, box)),
  };
}

export class FakeDeviceServer {
  readonly rows = new Map<string, Row>();
  card: string | null;
  reachable = true;
  /** Requests as `METHOD /path`, oldest first. */
  readonly asked: string[] = [];
  lie: (path: string, answer: unknown) => unknown = (_path, answer) => answer;

  constructor(
    readonly vault: VaultRecord,
    private readonly me: Me,
  ) {
    this.card = vault.card;
  }

  readonly fetch = async (url: string, init: { method: string; body?: string | null }): Promise<Response> => {
    const path = url.replace(/^\/api/, '').replace(/\?.*/, '');
    this.asked.push(`${init.method} ${path}`);
    if (!this.reachable) throw new TypeError('fetch failed');
    const answer = this.#answer(init.method, path, init.body ? JSON.parse(init.body) : undefined);
    if (answer === undefined) return Response.json({ ok: false, error: 'not_found' }, { status: 404 });
    return Response.json(this.lie(path, answer));
  };

  revoke(id: string): { ok: true } | undefined {
    const row = this.rows.get(id);
    if (!row) return undefined;
    this.rows.set(id, { ...row, state: 'revoked' });
    return { ok: true };
  }

  #answer(method: string, path: string, body: unknown): unknown {
    const [, first = '', second = '', id = '', act = ''] = path.split('/');
    if (first === 'devices' && second === '') return this.#keys();
    if (first === 'devices' && method === 'PUT') return this.#ask(second, body as DeviceRequest);
    if (first === 'devices') return this.#state(second);
    if (second === 'vault') return { ...this.vault, card: this.card };
    if (second === 'vault-card') {
      this.card = (body as { card: string }).card;
      return { ok: true };
    }
    if (id === '') return [...this.rows.values()];
    return act === 'approve' ? this.#approve(id, body as DeviceApproval) : this.revoke(id);
  }

  #keys() {
    return { identityKey: this.vault.identityKey, vaultKey: this.vault.publicKey, vaultCard: this.card };
  }

  #ask(id: string, { signKey, boxKey, proof, name }: DeviceRequest): DeviceState | undefined {
    const known = this.rows.get(id);
    const times = { createdAt: 1, approvedAt: null, seenAt: 1 };
    const owner = { account: this.me.id, accountName: this.me.name, role: this.me.role };
    const fresh = {
      id,
      signKey,
      boxKey,
      proof,
      ...owner,
      state: 'pending' as const,
      approval: null,
      ...times,
    };
    this.rows.set(id, { ...(known ?? fresh), name });
    return this.#state(id);
  }

  #state(id: string): DeviceState | undefined {
    const row = this.rows.get(id);
    if (!row) return undefined;
    const approval = row.state === 'approved' ? row.approval : null;
    const { certificate = null, wrapped = null } = approval ?? {};
    return { state: row.state, certificate, wrapped, ...this.#keys() };
  }

  #approve(id: string, approval: DeviceApproval): unknown {
    const row = this.rows.get(id);
    if (!row) return undefined;
    this.rows.set(id, { ...row, state: 'approved', approval });
    return { ok: true };
  }
}
