/**
 * Staff devices (DESIGN §3, §7). The vault's secret makes two key pairs: the tenant's identity (Ed25519), which signs
 * devices, and the vault box (X25519), which opens what is sealed for staff. An operator's device gets the seed of the box
 * only; an administrator's gets the secret and can approve further devices.
 */
import type { DeviceCertificate, DeviceRequest, DeviceState } from '../protocol/device';
import type { Role } from '../protocol/http';
import { concat, lvCat, uint64 } from './bytes';
import { fromBase64, toBase64 } from './encoding';
import { safetyWords } from './safety-words';
import type { Sodium } from './sodium';
import { checkVaultCard, vaultBoxSeed, vaultKeys } from './vault';

export interface DeviceKeys {
  sign: { publicKey: Uint8Array; privateKey: Uint8Array };
  box: { publicKey: Uint8Array; privateKey: Uint8Array };
}

export const DEVICE_SEED_BYTES = 32;

/** Both key pairs of a device from its seed, which never leaves the browser. */
export function deviceKeys(sodium: Sodium, seed: Uint8Array): DeviceKeys {
  const derive = (label: string) => sodium.crypto_generichash(32, lvCat(label), seed);
  return {
    sign: sodium.crypto_sign_seed_keypair(derive('tasuki device sign 1')),
    box: sodium.crypto_box_seed_keypair(derive('tasuki device box 1')),
  };
}

interface PublicKeys {
  signKey: string;
  boxKey: string;
}

/** @returns base64url of 16 bytes */
export function deviceId(sodium: Sodium, { signKey, boxKey }: PublicKeys): string {
  const keys = lvCat('tasuki device id 1', fromBase64(sodium, signKey), fromBase64(sodium, boxKey));
  return toBase64(sodium, sodium.crypto_generichash(16, keys, null));
}

const PICTURE_MEMORY = 64 * 1024 * 1024;
const PICTURE_PASSES = 2;

/**
 * Four pictures by which people compare the device that asks with the device that is approved. As they are only 24
 * bits, each try of somebody who looks for keys with the same pictures costs one Argon2id.
 * @returns indices into `SAFETY_WORDS`
 */
export function devicePictures(sodium: Sodium, id: string, identityKey: string): number[] {
  const salt = sodium.crypto_generichash(
    sodium.crypto_pwhash_SALTBYTES,
    lvCat('tasuki device pictures 1', fromBase64(sodium, identityKey)),
    null,
  );
  const key = sodium.crypto_pwhash(
    32,
    fromBase64(sodium, id),
    salt,
    PICTURE_PASSES,
    PICTURE_MEMORY,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  return safetyWords(sodium, key);
}

/** Whose device it is. */
export interface Owner {
  /** Sign-in ID; case does not count. */
  account: string;
  role: Role;
}

const requestText = (sodium: Sodium, identityKey: string, { account, role }: Owner) =>
  lvCat('tasuki device request 1', fromBase64(sodium, identityKey), account.toLowerCase(), role);

/** What a browser sends to be approved. */
export function deviceRequest(
  sodium: Sodium,
  keys: DeviceKeys,
  identityKey: string,
  owner: Owner,
  name: string,
): DeviceRequest {
  const text = requestText(sodium, identityKey, owner);
  return {
    signKey: toBase64(sodium, keys.sign.publicKey),
    boxKey: toBase64(sodium, keys.box.publicKey),
    name,
    proof: toBase64(sodium, sodium.crypto_sign_detached(text, keys.sign.privateKey)),
  };
}

/** Whether the holder of the keys asked for this account: a server cannot give its own device somebody's name unnoticed. */
export function checkDeviceRequest(
  sodium: Sodium,
  request: Omit<DeviceRequest, 'name'>,
  identityKey: string,
  owner: Owner,
): boolean {
  return verifies(sodium, request.proof, requestText(sodium, identityKey, owner), request.signKey);
}

const certificateText = (sodium: Sodium, identityKey: string, each: Omit<DeviceCertificate, 'signature'>) =>
  lvCat(
    'tasuki device certificate 1',
    fromBase64(sodium, identityKey),
    fromBase64(sodium, each.signKey),
    fromBase64(sodium, each.boxKey),
    each.account,
    each.role,
    uint64(BigInt(each.issuedAt)),
  );

/** Kinds of what a device is given, the first byte of `wrapped`. */
const ROOT = 1;
const BOX_SEED = 2;

/**
 * Approves a device.
 * @param root the vault's secret, 32 bytes
 * @param issuedAt epoch milliseconds
 */
export function approveDevice(
  sodium: Sodium,
  root: Uint8Array,
  device: PublicKeys,
  owner: Owner,
  issuedAt: number,
): { certificate: DeviceCertificate; wrapped: string } {
  const { identity } = vaultKeys(sodium, root);
  const content = {
    signKey: device.signKey,
    boxKey: device.boxKey,
    account: owner.account.toLowerCase(),
    role: owner.role,
    issuedAt,
  };
  const text = certificateText(sodium, toBase64(sodium, identity.publicKey), content);
  const signature = sodium.crypto_sign_detached(text, identity.privateKey);
  const given =
    owner.role === 'administrator'
      ? concat(Uint8Array.of(ROOT), root)
      : concat(Uint8Array.of(BOX_SEED), vaultBoxSeed(sodium, root));
  return {
    certificate: { ...content, signature: toBase64(sodium, signature) },
    wrapped: toBase64(sodium, sodium.crypto_box_seal(given, fromBase64(sodium, device.boxKey))),
  };
}

/** Whether the tenant with this identity key approved the device. */
export function checkCertificate(
  sodium: Sodium,
  identityKey: string,
  certificate: DeviceCertificate,
): boolean {
  const text = certificateText(sodium, identityKey, certificate);
  return verifies(sodium, certificate.signature, text, identityKey);
}

/** What an approved device can do with the vault. */
export interface VaultAccess {
  box: { publicKey: Uint8Array; privateKey: Uint8Array };
  /** The vault's secret; administrators only. */
  root: Uint8Array | null;
}

/** @returns null when it was not sealed for this device or does not belong to the vault with this public key */
export function unwrapVault(
  sodium: Sodium,
  keys: DeviceKeys,
  wrapped: string,
  vaultKey: string,
): VaultAccess | null {
  try {
    const { publicKey, privateKey } = keys.box;
    const given = sodium.crypto_box_seal_open(fromBase64(sodium, wrapped), publicKey, privateKey);
    if (given.length !== 33) return null;
    const secret = given.subarray(1);
    const root = given[0] === ROOT ? secret : null;
    if (!root && given[0] !== BOX_SEED) return null;
    const box = sodium.crypto_box_seed_keypair(root ? vaultBoxSeed(sodium, root) : secret);
    return toBase64(sodium, box.publicKey) === vaultKey ? { box, root } : null;
  } catch {
    return null;
  }
}

/** What a browser that asked to be approved knows for itself, whatever the server says. */
export interface Asked {
  keys: DeviceKeys;
  /** base64url; the one that it asked under. */
  identityKey: string;
  owner: Owner;
}

/**
 * What the device may believe of the server's answer: that the tenant it asked approved exactly these keys for exactly
 * this account, and that what it was given opens the tenant's own vault.
 * @returns null when any of it does not hold, or when it is not approved
 */
export function trustDevice(
  sodium: Sodium,
  { keys, identityKey, owner }: Asked,
  state: DeviceState,
): { certificate: DeviceCertificate; access: VaultAccess } | null {
  const { certificate, wrapped, vaultKey, vaultCard } = state;
  if (state.state !== 'approved' || !certificate || wrapped === null || vaultCard === null) return null;
  const holds =
    state.identityKey === identityKey &&
    certificate.signKey === toBase64(sodium, keys.sign.publicKey) &&
    certificate.boxKey === toBase64(sodium, keys.box.publicKey) &&
    certificate.account === owner.account.toLowerCase() &&
    certificate.role === owner.role &&
    checkCertificate(sodium, identityKey, certificate) &&
    checkVaultCard(sodium, { publicKey: vaultKey, identityKey, card: vaultCard });
  const access = holds ? unwrapVault(sodium, keys, wrapped, vaultKey) : null;
  return access && { certificate, access };
}

function verifies(sodium: Sodium, signature: string, text: Uint8Array, key: string): boolean {
  try {
    return sodium.crypto_sign_verify_detached(fromBase64(sodium, signature), text, fromBase64(sodium, key));
  } catch {
    return false;
  }
}
