/** Who answers: every way in which a server can put somebody else there, and that each is noticed by the customer. */
import { describe, expect, it } from 'vitest';
import { checkClaim, makeClaim, type Claimant } from '../../../shared/crypto/chat';
import { approveDevice, deviceKeys } from '../../../shared/crypto/device';
import { toBase64 } from '../../../shared/crypto/encoding';
import type { Sodium } from '../../../shared/crypto/sodium';
import type { ChatClaim } from '../../../shared/protocol/chat';
import { answered, asked, company, say } from './conversation.fake';

type Asked = Awaited<ReturnType<typeof asked>>;

/** Somebody who works for the server: keys of their own, and no word of the tenant about them. */
async function impostor(): Promise<{ claimant: Claimant; root: Uint8Array; sodium: Sodium }> {
  const { sodium, staff } = await company();
  return { claimant: staff('山田 花子').claimant, root: sodium.randombytes_buf(32), sodium };
}

const LIES: [string, (all: Asked, honest: ChatClaim) => Promise<unknown>][] = [
  [
    'lets an operator of another tenant answer',
    async ({ sodium, visitorKey }) => makeClaim(sodium, (await impostor()).claimant, visitorKey, 1).claim,
  ],
  [
    'does so under the pinned key',
    async ({ sodium, visitorKey, identityKey, vaultKey }) =>
      makeClaim(sodium, { ...(await impostor()).claimant, identityKey, vaultKey }, visitorKey, 1).claim,
  ],
  [
    'signs with its own key under a certificate that it has seen',
    async ({ sodium, visitorKey, staff }) => {
      const { device } = (await impostor()).claimant;
      return makeClaim(sodium, { ...staff('山田 花子').claimant, device }, visitorKey, 1).claim;
    },
  ],
  [
    'makes the certificate itself',
    async ({ sodium, visitorKey, identityKey, vaultKey }) => {
      const device = deviceKeys(sodium, sodium.randombytes_buf(32));
      const keys = {
        signKey: toBase64(sodium, device.sign.publicKey),
        boxKey: toBase64(sodium, device.box.publicKey),
      };
      const owner = { account: 'yamada', role: 'operator' } as const;
      const { certificate } = approveDevice(sodium, (await impostor()).root, keys, owner, 1);
      return makeClaim(
        sodium,
        { device, certificate, operator: '山田 花子', identityKey, vaultKey },
        visitorKey,
        1,
      ).claim;
    },
  ],
  [
    'gives the certificate to another account',
    async (_, honest) => ({ ...honest, certificate: { ...honest.certificate, account: 'mallory' } }),
  ],
  [
    'makes the certificate younger',
    async (_, honest) => ({ ...honest, certificate: { ...honest.certificate, issuedAt: 2 } }),
  ],
  ['leaves the certificate out', async (_, { certificate: _gone, ...honest }) => honest],
  ['renames the operator', async (_, honest) => ({ ...honest, operator: 'Manager' })],
  [
    'exchanges the key that is agreed on',
    async ({ sodium }, honest) => ({
      ...honest,
      key: toBase64(sodium, sodium.crypto_box_keypair().publicKey),
    }),
  ],
  [
    'seals the key for another vault',
    async ({ sodium, visitorKey, staff }, honest) => ({
      ...honest,
      keyBox: makeClaim(
        sodium,
        { ...staff('x').claimant, vaultKey: (await company()).vaultKey },
        visitorKey,
        1,
      ).claim.keyBox,
    }),
  ],
  [
    'moves a claim from another conversation of the same operator',
    async () => (await answered()).server.claims[0],
  ],
];

describe('a server that puts somebody else there', () => {
  it.each(LIES)('is noticed when it %s, and nothing more is sealed', async (_, lie) => {
    const all = await asked();
    const { claim: honest } = makeClaim(all.sodium, all.staff('山田 花子').claimant, all.visitorKey, 1);
    const forged = await lie(all, honest);
    all.customer.claim(forged as ChatClaim);
    expect([all.customer.tampered, all.customer.epoch, all.customer.claims]).toEqual(['claim', 0, []]);
    all.customer.write(say('secret'));
    expect(all.customer.next()).toBeNull();
    // The same in a history, as after a reload.
    const fresh = all.newCustomer();
    fresh.load({ claims: [forged as ChatClaim], messages: all.server.messages });
    expect(fresh.tampered).toBe('claim');
  });

  it('is noticed under whatever key the tenant was pinned by, and by the desk as well', async () => {
    const { claimant, sodium, visitorKey, identityKey } = await answered();
    const { claim } = makeClaim(sodium, claimant, visitorKey, 1);
    expect(checkClaim(sodium, identityKey, visitorKey, claim)).toBe(true);
    expect(checkClaim(sodium, (await company()).identityKey, visitorKey, claim)).toBe(false);
  });
});

describe('epochs', () => {
  /** Two operators after each other. */
  async function handedOn() {
    const all = await answered();
    all.write(all.operator, say('first'));
    const next = all.staff('鈴木 一郎').claimant;
    all.customer.load(all.server.forCustomer);
    all.customer.claim(all.claim(next));
    return all;
  }

  it('are not exchanged afterwards', async () => {
    const { customer, visitorKey, sodium, claimant } = await answered();
    customer.load({ claims: [makeClaim(sodium, claimant, visitorKey, 1).claim], messages: [] });
    expect(customer.tampered).toBe('mismatch');
  });

  it('do not go back: what is written goes to whoever came last', async () => {
    const { customer, server, sodium, claimant, visitorKey } = await handedOn();
    customer.load({ claims: server.claims.slice(0, 1), messages: server.messages });
    expect([customer.tampered, customer.epoch]).toEqual([null, 2]);
    customer.write(say('for the second'));
    expect(customer.next()?.epoch).toBe(2);
    customer.claim(makeClaim(sodium, claimant, visitorKey, 1).claim);
    expect(customer.tampered).toBe('mismatch');
    expect(customer.next()).toBeNull();
  });

  it('are not left out: not one in between, and not one in which something was said', async () => {
    const { customer, server, send, newCustomer, sodium, claimant, visitorKey } = await handedOn();
    customer.write(say('for the second'));
    send(customer);
    const late = newCustomer();
    late.load({ claims: server.claims.slice(1), messages: server.messages });
    expect(late.tampered).toBe('missing');
    const short = newCustomer();
    short.load({ claims: server.claims.slice(0, 1), messages: server.messages });
    expect(short.tampered).toBe('missing');
    // One that is too early is no lie yet: the history shows what it is.
    expect(customer.claim(makeClaim(sodium, claimant, visitorKey, 4).claim)).toBe('gap');
    customer.load({
      claims: [...server.claims, makeClaim(sodium, claimant, visitorKey, 4).claim],
      messages: server.messages,
    });
    expect(customer.tampered).toBe('missing');
  });

  it('have pictures of their own, the same on both sides', async () => {
    const { customer, desk, access } = await handedOn();
    expect(desk(access).key).toEqual(customer.key);
    expect(customer.keyOfEpoch(1)).not.toEqual(customer.key);
  });
});
