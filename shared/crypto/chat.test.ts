import { beforeAll, describe, expect, it } from 'vitest';
import { ChatClaim, SealedChat, type ChatFrom } from '../protocol/chat';
import {
  acceptClaim,
  chatSessionKey,
  chatVisitor,
  checkClaim,
  makeClaim,
  noteKey,
  openChat,
  openKey,
  sealChat,
  sealKey,
  type Claimant,
} from './chat';
import { approveDevice, deviceKeys, deviceRequest, unwrapVault, type Owner } from './device';
import { toBase64 } from './encoding';
import { TamperError, type TamperKind } from './errors';
import { loadSodium, type Sodium } from './sodium';
import { checkVaultCard, signVaultCard, vaultKeys } from './vault';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const SENDER = toBase64Plain(8, 5);
const SESSION = toBase64Plain(16, 6);

function toBase64Plain(length: number, fill: number): string {
  return Buffer.alloc(length, fill).toString('base64url');
}

const kindOf = (work: () => unknown): TamperKind | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof TamperError) return error.kind;
    throw error;
  }
};

/** A tenant with one operator, whose device it approved. */
function tenant(fill: number) {
  const root = bytes(fill);
  const keys = vaultKeys(sodium, root);
  const identityKey = toBase64(sodium, keys.identity.publicKey);
  const vaultKey = toBase64(sodium, keys.box.publicKey);
  const owner: Owner = { account: 'anna', role: 'operator' };
  const device = deviceKeys(sodium, bytes(fill + 100));
  const request = deviceRequest(sodium, device, identityKey, owner, 'x');
  const { certificate, wrapped } = approveDevice(sodium, root, request, owner, 1_800_000_000_000);
  const claimant: Claimant = { device, certificate, operator: 'Anna', identityKey, vaultKey };
  const access = unwrapVault(sodium, device, wrapped, vaultKey)!;
  return { root, identityKey, vaultKey, claimant, access };
}

const head = (change: Partial<Omit<SealedChat, 'frame'>> = {}) => ({
  epoch: 1,
  from: 'customer' as ChatFrom,
  sender: SENDER,
  n: 0,
  ...change,
});

describe('a conversation', () => {
  it('begins with a question that every approved device can read', () => {
    const { vaultKey, access } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    const keyBox = sealKey(sodium, visitor.questionKey, vaultKey);
    const asked = sealChat(sodium, visitor.questionKey, visitor.visitorKey, head({ epoch: 0 }), { t: 'x' });
    expect(SealedChat.parse(asked)).toEqual(asked);
    const key = openKey(sodium, access, keyBox)!;
    expect(openChat(sodium, key, visitor.visitorKey, asked)).toEqual({ t: 'x' });
    expect(openKey(sodium, tenant(2).access, keyBox)).toBeNull();
    expect(openKey(sodium, access, sealKey(sodium, bytes(1), vaultKey))).toBeNull();
    expect(openKey(sodium, access, '!')).toBeNull();
  });

  it('goes on under a key that the customer, the claiming device and the vault have', () => {
    const { identityKey, claimant, access } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    const { claim, key } = makeClaim(sodium, claimant, visitor.visitorKey, 1);
    expect(ChatClaim.parse(claim)).toEqual(claim);
    expect(checkClaim(sodium, identityKey, visitor.visitorKey, claim)).toBe(true);
    expect(acceptClaim(sodium, identityKey, visitor, claim)).toEqual(key);
    expect(openKey(sodium, access, claim.keyBox)).toEqual(key);
    const message = sealChat(sodium, key, visitor.visitorKey, head({ from: 'operator' }), {
      text: '「はい」',
    });
    expect(openChat(sodium, key, visitor.visitorKey, message)).toEqual({ text: '「はい」' });
  });

  it('has a new key with every claim, another for each session and one for notes', () => {
    const { claimant, access } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    const first = makeClaim(sodium, claimant, visitor.visitorKey, 1).key;
    const keys = [
      visitor.questionKey,
      first,
      makeClaim(sodium, claimant, visitor.visitorKey, 1).key,
      makeClaim(sodium, claimant, visitor.visitorKey, 2).key,
      chatSessionKey(sodium, first, SESSION),
      chatSessionKey(sodium, first, toBase64Plain(16, 7)),
      noteKey(sodium, access, visitor.visitorKey),
      noteKey(sodium, access, chatVisitor(sodium, bytes(8)).visitorKey),
    ];
    expect(keys.map((key) => key.length)).toEqual(keys.map(() => 64));
    expect(new Set(keys.map((key) => toBase64(sodium, key))).size).toBe(keys.length);
  });
});

describe('a server that lies', () => {
  it('about the vault: the tenant’s key did not sign it', () => {
    const [ours, its] = [tenant(1), tenant(2)];
    const card = signVaultCard(sodium, ours.root);
    const check = (publicKey: string, signature: string, identityKey = ours.identityKey) =>
      checkVaultCard(sodium, { publicKey, identityKey, card: signature });
    expect(check(ours.vaultKey, card)).toBe(true);
    expect(check(its.vaultKey, card)).toBe(false);
    expect(check(its.vaultKey, signVaultCard(sodium, its.root))).toBe(false);
    expect(check(ours.vaultKey, '!')).toBe(false);
  });

  it('about the tenant: an operator of its own claims', () => {
    const [ours, its] = [tenant(1), tenant(2)];
    const visitor = chatVisitor(sodium, bytes(9));
    const { claim } = makeClaim(sodium, its.claimant, visitor.visitorKey, 1);
    expect(checkClaim(sodium, its.identityKey, visitor.visitorKey, claim)).toBe(true);
    expect(kindOf(() => acceptClaim(sodium, ours.identityKey, visitor, claim))).toBe('forged');
    // Neither with our operator's certificate in front of it.
    const dressed = { ...claim, certificate: ours.claimant.certificate };
    expect(kindOf(() => acceptClaim(sodium, ours.identityKey, visitor, dressed))).toBe('forged');
  });

  it('about approval: a device that nobody approved, or for other keys', () => {
    const { identityKey, claimant } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    const device = deviceKeys(sodium, bytes(77));
    const signKey = toBase64(sodium, device.sign.publicKey);
    for (const certificate of [claimant.certificate, { ...claimant.certificate, signKey }]) {
      const { claim } = makeClaim(sodium, { ...claimant, device, certificate }, visitor.visitorKey, 1);
      expect(kindOf(() => acceptClaim(sodium, identityKey, visitor, claim))).toBe('forged');
    }
  });

  it('with a claim of another conversation', () => {
    const { identityKey, claimant } = tenant(1);
    const other = chatVisitor(sodium, bytes(8));
    const visitor = chatVisitor(sodium, bytes(9));
    const { claim } = makeClaim(sodium, claimant, other.visitorKey, 1);
    expect(kindOf(() => acceptClaim(sodium, identityKey, visitor, claim))).toBe('forged');
  });

  it('with a claim whose epoch, key, name, box or signature was changed', () => {
    const { identityKey, claimant, vaultKey } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    const { claim } = makeClaim(sodium, claimant, visitor.visitorKey, 1);
    const its = sodium.crypto_box_keypair();
    const changes: Partial<ChatClaim>[] = [
      { epoch: 2 },
      { key: toBase64(sodium, its.publicKey) },
      { operator: 'Bob' },
      { keyBox: sealKey(sodium, new Uint8Array(64), vaultKey) },
      { signature: toBase64Plain(64, 0) },
      { signature: '!' },
    ];
    for (const change of changes) {
      const forged = { ...claim, ...change };
      expect([change, kindOf(() => acceptClaim(sodium, identityKey, visitor, forged))]).toEqual([
        change,
        'forged',
      ]);
    }
  });

  it('with a key that makes no secret', () => {
    const { identityKey, claimant } = tenant(1);
    const visitor = chatVisitor(sodium, bytes(9));
    expect(() => makeClaim(sodium, claimant, toBase64Plain(32, 0), 1)).toThrow();
    expect(
      checkClaim(sodium, identityKey, visitor.visitorKey, { ...claimOf(claimant, visitor), key: '!' }),
    ).toBe(false);
  });

  const claimOf = (claimant: Claimant, visitor: { visitorKey: string }) =>
    makeClaim(sodium, claimant, visitor.visitorKey, 1).claim;
});

describe('a message that is changed on its way', () => {
  const setting = () => {
    const visitor = chatVisitor(sodium, bytes(9));
    const key = new Uint8Array(64).fill(3);
    const message = sealChat(sodium, key, visitor.visitorKey, head(), { text: 'hello' });
    return { visitorKey: visitor.visitorKey, key, message };
  };

  it('does not open: not as another one, from somebody else, in another epoch or conversation', () => {
    const { visitorKey, key, message } = setting();
    const other = chatVisitor(sodium, bytes(8)).visitorKey;
    const changes: Partial<SealedChat>[] = [
      { epoch: 2 },
      { from: 'operator' },
      { from: 'note' },
      { sender: toBase64Plain(8, 9) },
      { n: 1 },
    ];
    for (const change of changes) {
      const forged = { ...message, ...change };
      expect([change, kindOf(() => openChat(sodium, key, visitorKey, forged))]).toEqual([change, 'forged']);
    }
    expect(kindOf(() => openChat(sodium, key, other, message))).toBe('forged');
    expect(kindOf(() => openChat(sodium, new Uint8Array(64), visitorKey, message))).toBe('forged');
  });

  it('does not open with any bit of the frame changed, cut or added', () => {
    const { visitorKey, key, message } = setting();
    const frame = Buffer.from(message.frame, 'base64url');
    const open = (bytesNow: Buffer) =>
      kindOf(() => openChat(sodium, key, visitorKey, { ...message, frame: bytesNow.toString('base64url') }));
    expect(open(frame)).toBeNull();
    for (let at = 0; at < frame.length; at++) {
      const changed = Buffer.from(frame);
      changed[at]! ^= 1 << (at % 8);
      expect(open(changed)).toBe('forged');
    }
    for (const length of [0, 1, 23, 24, 39, 40, frame.length - 1]) {
      expect(open(frame.subarray(0, length))).toBe('forged');
    }
    expect(open(Buffer.concat([frame, Buffer.alloc(1)]))).toBe('forged');
    expect(kindOf(() => openChat(sodium, key, visitorKey, { ...message, frame: '!' }))).toBe('malformed');
  });

  it('is malformed when the sealed text is no JSON', () => {
    const { visitorKey, key, message } = setting();
    const raw = { toJSON: () => undefined };
    expect(() => sealChat(sodium, key, visitorKey, head(), raw)).not.toThrow();
    expect(
      kindOf(() => openChat(sodium, key, visitorKey, sealChat(sodium, key, visitorKey, head(), raw))),
    ).toBe('malformed');
    expect(openChat(sodium, key, visitorKey, message)).toEqual({ text: 'hello' });
  });
});
