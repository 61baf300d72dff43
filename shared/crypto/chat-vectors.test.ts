/** The golden vectors of devices and chat. What is random when it is made is frozen, and opened here. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ChatClaim, SealedChat } from '../protocol/chat';
import { DeviceApproval, DeviceRequest } from '../protocol/device';
import type { Role } from '../protocol/http';
import vectors from '../vectors/chat.json';
import { lvCat, uint64, utf8 } from './bytes';
import { acceptClaim, chatSessionKey, chatVisitor, noteKey, openChat, openKey } from './chat';
import {
  checkCertificate,
  checkDeviceRequest,
  deviceId,
  deviceKeys,
  devicePictures,
  deviceRequest,
  unwrapVault,
} from './device';
import { fromBase64, toBase64 } from './encoding';
import { loadSodium, type Sodium } from './sodium';
import { checkVaultCard, signVaultCard, vaultBoxSeed, vaultKeys } from './vault';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});
const hex = (text: string) => sodium.from_hex(text);
const toHex = (bytes: Uint8Array) => sodium.to_hex(bytes);
const base64 = (text: string) => toBase64(sodium, hex(text));
const identityKey = () => base64(vectors.vault.identityKey);
const vaultKey = () => base64(vectors.vault.vaultKey);
const access = () => ({ box: sodium.crypto_box_seed_keypair(hex(vectors.vault.boxSeed)) });

it('makes the vault’s keys and card', () => {
  const { secret, boxSeed, card } = vectors.vault;
  const { box, identity } = vaultKeys(sodium, hex(secret));
  expect(toHex(vaultBoxSeed(sodium, hex(secret)))).toBe(boxSeed);
  expect([toHex(box.publicKey), toHex(identity.publicKey)]).toEqual([
    vectors.vault.vaultKey,
    vectors.vault.identityKey,
  ]);
  expect(signVaultCard(sodium, hex(secret))).toBe(base64(card));
  expect(
    checkVaultCard(sodium, { publicKey: vaultKey(), identityKey: identityKey(), card: base64(card) }),
  ).toBe(true);
});

describe.each(vectors.devices)('the device of $owner.account', (device) => {
  const owner = { account: device.owner.account, role: device.owner.role as Role };
  const request = DeviceRequest.parse(device.requestMessage);
  const { certificate, wrapped } = DeviceApproval.parse(device.approvalMessage);

  it('has its keys, id, pictures and proof', () => {
    const keys = deviceKeys(sodium, hex(device.seed));
    expect([toHex(keys.sign.publicKey), toHex(keys.box.publicKey)]).toEqual([device.signKey, device.boxKey]);
    expect(deviceRequest(sodium, keys, identityKey(), owner, request.name)).toEqual(request);
    expect(deviceId(sodium, request)).toBe(base64(device.id));
    expect(devicePictures(sodium, base64(device.id), identityKey())).toEqual(device.pictures);
    expect(checkDeviceRequest(sodium, request, identityKey(), owner)).toBe(true);
  });

  it('has its certificate, and opens what it was given', () => {
    expect(checkCertificate(sodium, identityKey(), certificate)).toBe(true);
    const opened = unwrapVault(sodium, deviceKeys(sodium, hex(device.seed)), wrapped, vaultKey());
    expect(toHex(opened!.box.privateKey)).toBe(toHex(access().box.privateKey));
    const secret = owner.role === 'administrator' ? vectors.vault.secret : null;
    expect(opened!.root && toHex(opened!.root)).toBe(secret);
  });
});

it('makes the visitor’s keys', () => {
  const { seed, visitorKey, questionKey, keyBox } = vectors.visitor;
  const visitor = chatVisitor(sodium, hex(seed));
  expect([visitor.visitorKey, toHex(visitor.questionKey)]).toEqual([base64(visitorKey), questionKey]);
  expect(toHex(openKey(sodium, access(), base64(keyBox))!)).toBe(questionKey);
});

it('agrees on the key of each epoch, for the visitor and in the vault', () => {
  const visitor = chatVisitor(sodium, hex(vectors.visitor.seed));
  for (const { claimMessage, key } of vectors.claims) {
    const claim = ChatClaim.parse(claimMessage);
    expect(toHex(acceptClaim(sodium, identityKey(), visitor, claim))).toBe(key);
    expect(toHex(openKey(sodium, access(), claim.keyBox)!)).toBe(key);
  }
});

it('derives the keys of notes and sessions', () => {
  const { sessionId, epochKey, key } = vectors.session;
  expect(toHex(noteKey(sodium, access(), base64(vectors.visitor.visitorKey)))).toBe(vectors.noteKey);
  expect(toHex(chatSessionKey(sodium, hex(epochKey), base64(sessionId)))).toBe(key);
});

it('opens the messages', () => {
  for (const { key, content, sealedMessage } of vectors.messages) {
    const message = SealedChat.parse(sealedMessage);
    expect(openChat(sodium, hex(key), base64(vectors.visitor.visitorKey), message)).toEqual(content);
  }
});

/** Once more from the written protocol alone, so that code and paper cannot drift apart together. */
it('is what docs/protocol.md says', () => {
  const blake = (length: number, key: Uint8Array | null, ...parts: (Uint8Array | string)[]) =>
    sodium.crypto_generichash(length, lvCat(...parts), key);
  const [operator] = vectors.devices;
  const claim = ChatClaim.parse(vectors.claims[0]!.claimMessage);
  const [identity, visitor] = [hex(vectors.vault.identityKey), hex(vectors.visitor.visitorKey)];
  const seed = blake(32, hex(vectors.visitor.seed), 'tasuki chat visitor 1');
  const { privateKey, publicKey } = sodium.crypto_box_seed_keypair(seed);
  expect(publicKey).toEqual(visitor);
  const their = fromBase64(sodium, claim.key);
  const key = blake(
    64,
    sodium.crypto_scalarmult(privateKey, their),
    'tasuki chat key 1',
    identity,
    visitor,
    uint64(1n),
    their,
    hex(operator!.signKey),
  );
  expect(toHex(key)).toBe(vectors.claims[0]!.key);
  const signed = lvCat(
    'tasuki chat claim 1',
    identity,
    visitor,
    uint64(1n),
    their,
    claim.operator,
    fromBase64(sodium, claim.keyBox),
  );
  const signature = fromBase64(sodium, claim.signature);
  expect(sodium.crypto_sign_verify_detached(signature, signed, hex(operator!.signKey))).toBe(true);

  const { key: epochKey, sealedMessage, content } = vectors.messages[1]!;
  const { epoch, from, sender, n, frame } = SealedChat.parse(sealedMessage);
  const bytes = fromBase64(sodium, frame);
  const plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
    null,
    bytes.subarray(24),
    lvCat(
      'tasuki chat message 1',
      visitor,
      uint64(BigInt(epoch)),
      from,
      fromBase64(sodium, sender),
      uint64(BigInt(n)),
    ),
    bytes.subarray(0, 24),
    blake(32, hex(epochKey), 'chat', from),
  );
  expect(plain).toEqual(utf8(JSON.stringify(content)));
});
