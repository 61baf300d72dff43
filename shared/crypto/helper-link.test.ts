import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import vectors from '../vectors/helper-link.json';
import { helperKeys, helperToken, parseHelperToken } from './helper-link';
import { loadSodium, type Sodium } from './sodium';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});
const hex = (text: string) => sodium.from_hex(text);

describe('helper link', () => {
  it('writes and reads tokens as the vectors say', () => {
    for (const { origin, secret, token } of vectors.tokens) {
      const link = secret === null ? { origin } : { origin, secret: hex(secret) };
      expect(helperToken(sodium, link)).toBe(token);
      expect(parseHelperToken(sodium, token)).toEqual(link);
    }
  });

  it('refuses what is damaged or points elsewhere', () => {
    for (const { token, why } of vectors.refused) expect(parseHelperToken(sodium, token), why).toBeNull();
  });

  it('derives rendezvous and keys', () => {
    for (const { secret, rdv, hostKey, peerKey } of vectors.keys) {
      const keys = helperKeys(sodium, hex(secret));
      expect(keys.rdv).toBe(rdv);
      expect(sodium.to_hex(keys.hostKey)).toBe(hostKey);
      expect(sodium.to_hex(keys.peerKey)).toBe(peerKey);
    }
  });

  it('refuses origins without TLS', () => {
    expect(() => helperToken(sodium, { origin: 'http://support.example.com' })).toThrow(RangeError);
  });

  it('reads any text without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => parseHelperToken(sodium, text) === null));
  });
});
