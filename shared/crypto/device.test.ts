import { beforeAll, describe, expect, it } from 'vitest';
import { DeviceApproval, DeviceRequest, type DeviceState } from '../protocol/device';
import {
  approveDevice,
  checkCertificate,
  checkDeviceRequest,
  deviceId,
  deviceKeys,
  devicePictures,
  deviceRequest,
  trustDevice,
  unwrapVault,
  type Asked,
  type Owner,
} from './device';
import { toBase64 } from './encoding';
import { loadSodium, type Sodium } from './sodium';
import { signVaultCard, vaultBoxSeed, vaultKeys } from './vault';

const ANNA: Owner = { account: 'Anna', role: 'operator' };
const CHIEF: Owner = { account: 'chief', role: 'administrator' };

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

const bytes = (fill: number) => new Uint8Array(32).fill(fill);

/** A tenant, as its vault's secret makes it. */
function tenant(fill: number) {
  const root = bytes(fill);
  const keys = vaultKeys(sodium, root);
  return {
    root,
    identityKey: toBase64(sodium, keys.identity.publicKey),
    vaultKey: toBase64(sodium, keys.box.publicKey),
    vaultCard: signVaultCard(sodium, root),
  };
}

/** A browser that has asked, and the honest server's answer once it is approved. */
function approved(owner = ANNA, ours = tenant(1)): { asked: Asked; state: DeviceState } {
  const keys = deviceKeys(sodium, bytes(9));
  const request = deviceRequest(sodium, keys, ours.identityKey, owner, 'Chrome on Linux');
  const { identityKey, vaultKey, vaultCard } = ours;
  const approval = approveDevice(sodium, ours.root, request, owner, 1_800_000_000_000);
  return {
    asked: { keys, identityKey, owner },
    state: { state: 'approved', ...approval, identityKey, vaultKey, vaultCard },
  };
}

describe('a device that asks', () => {
  it('sends what fits the protocol and proves for which account and tenant', () => {
    const { identityKey } = tenant(1);
    const request = deviceRequest(sodium, deviceKeys(sodium, bytes(9)), identityKey, ANNA, 'Chrome on Linux');
    expect(DeviceRequest.parse(request)).toEqual(request);
    const check = (owner: Owner, key = identityKey) => checkDeviceRequest(sodium, request, key, owner);
    expect(check(ANNA)).toBe(true);
    expect(check({ ...ANNA, account: 'aNNA' })).toBe(true);
    expect(check({ ...ANNA, account: 'bob' })).toBe(false);
    expect(check({ ...ANNA, role: 'administrator' })).toBe(false);
    expect(check(ANNA, tenant(2).identityKey)).toBe(false);
  });

  it('cannot be given other keys under the same proof', () => {
    const { identityKey } = tenant(1);
    const request = deviceRequest(sodium, deviceKeys(sodium, bytes(9)), identityKey, ANNA, 'x');
    const server = deviceRequest(sodium, deviceKeys(sodium, bytes(8)), identityKey, ANNA, 'x');
    const swapped = { ...request, boxKey: server.boxKey };
    expect(deviceId(sodium, swapped)).not.toBe(deviceId(sodium, request));
    expect(checkDeviceRequest(sodium, { ...request, signKey: server.signKey }, identityKey, ANNA)).toBe(
      false,
    );
  });

  it('shows pictures that belong to its keys and its tenant', () => {
    const [a, b] = [tenant(1), tenant(2)];
    const id = (fill: number) =>
      deviceId(sodium, deviceRequest(sodium, deviceKeys(sodium, bytes(fill)), a.identityKey, ANNA, 'x'));
    const words = devicePictures(sodium, id(9), a.identityKey);
    expect(words).toHaveLength(4);
    expect(devicePictures(sodium, id(9), a.identityKey)).toEqual(words);
    expect(devicePictures(sodium, id(8), a.identityKey)).not.toEqual(words);
    expect(devicePictures(sodium, id(9), b.identityKey)).not.toEqual(words);
  });
});

describe('an approved device', () => {
  it('of an operator opens the vault and cannot approve', () => {
    const { asked, state } = approved();
    expect(DeviceApproval.parse({ certificate: state.certificate, wrapped: state.wrapped })).toBeTruthy();
    const trusted = trustDevice(sodium, asked, state);
    expect(trusted?.certificate).toEqual(state.certificate);
    expect(toBase64(sodium, trusted!.access.box.publicKey)).toBe(state.vaultKey);
    expect(trusted?.access.root).toBeNull();
  });

  it('of an administrator gets the secret', () => {
    const { asked, state } = approved(CHIEF);
    expect(trustDevice(sodium, asked, state)?.access.root).toEqual(tenant(1).root);
  });

  it('is not one that waits or was revoked', () => {
    const { asked, state } = approved();
    for (const each of ['pending', 'revoked'] as const) {
      expect(trustDevice(sodium, asked, { ...state, state: each })).toBeNull();
    }
  });
});

describe('a server that lies to a device', () => {
  it('with a tenant of its own, from key to certificate', () => {
    const { asked } = approved();
    const { state } = approved(ANNA, tenant(2));
    expect(trustDevice(sodium, asked, state)).toBeNull();
    expect(trustDevice(sodium, asked, { ...state, identityKey: asked.identityKey })).toBeNull();
  });

  it('with a vault of its own under the true certificate', () => {
    const { asked, state } = approved();
    const its = tenant(2);
    const seed = Uint8Array.of(2, ...vaultBoxSeed(sodium, its.root));
    const wrapped = toBase64(sodium, sodium.crypto_box_seal(seed, asked.keys.box.publicKey));
    // The box opens and belongs to the key that the server names: only the card gives it away.
    expect(unwrapVault(sodium, asked.keys, wrapped, its.vaultKey)).not.toBeNull();
    for (const vaultCard of [null, state.vaultCard, its.vaultCard]) {
      expect(trustDevice(sodium, asked, { ...state, wrapped, vaultKey: its.vaultKey, vaultCard })).toBeNull();
    }
    expect(trustDevice(sodium, asked, { ...state, wrapped })).toBeNull();
  });

  it('with the approval of another device, account or role', () => {
    const { asked, state } = approved();
    const other = { ...asked, keys: deviceKeys(sodium, bytes(8)) };
    expect(trustDevice(sodium, other, state)).toBeNull();
    expect(trustDevice(sodium, { ...asked, owner: { ...ANNA, account: 'bob' } }, state)).toBeNull();
    expect(trustDevice(sodium, { ...asked, owner: { ...ANNA, role: 'administrator' } }, state)).toBeNull();
  });

  it('with a certificate of which anything is changed', () => {
    const { identityKey, state } = { ...approved().asked, ...approved() };
    const { certificate } = state;
    expect(checkCertificate(sodium, identityKey, certificate!)).toBe(true);
    const changes = [
      { account: 'bob' },
      { role: 'administrator' as const },
      { issuedAt: certificate!.issuedAt + 1 },
      { signKey: certificate!.boxKey },
      { boxKey: certificate!.signKey },
      { signature: certificate!.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
      { signature: '!' },
    ];
    for (const change of changes) {
      const forged = { ...certificate!, ...change };
      expect([change, checkCertificate(sodium, identityKey, forged)]).toEqual([change, false]);
    }
  });

  it('with a secret of a kind or length that is none', () => {
    const { asked, state } = approved();
    const seal = (given: Uint8Array) =>
      toBase64(sodium, sodium.crypto_box_seal(given, asked.keys.box.publicKey));
    const seed = vaultBoxSeed(sodium, tenant(1).root);
    for (const given of [
      seed,
      Uint8Array.of(3, ...seed),
      Uint8Array.of(1, ...seed),
      Uint8Array.of(2, ...seed, 0),
    ]) {
      expect(unwrapVault(sodium, asked.keys, seal(given), state.vaultKey)).toBeNull();
    }
    expect(unwrapVault(sodium, asked.keys, 'AAAA', state.vaultKey)).toBeNull();
  });
});
