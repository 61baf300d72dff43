import { beforeAll, describe, expect, it } from 'vitest';
import cpace from '../vectors/cpace.json';
import keys from '../vectors/keys.json';
import pairing from '../vectors/pairing.json';
import seal from '../vectors/seal.json';
import stretchVectors from '../vectors/stretch.json';
import { lvCat, prependLength } from './bytes';
import {
  calculateGenerator,
  confirmationTag,
  makeShare,
  sessionKey,
  sharedPoint,
  type CpaceInputs,
} from './cpace';
import { fromBase64 } from './encoding';
import { TamperError } from './errors';
import { channelKey, epochId, nonceMac, relayKey, subkey } from './keys';
import { safetyWords } from './safety-words';
import { Opener, Sealer } from './seal';
import { loadSodium, type Sodium } from './sodium';
import { stretch, stretchSalt } from './stretch';

let sodium: Sodium;
const hex = (text: string) => sodium.from_hex(text);
const toHex = (bytes: Uint8Array) => sodium.to_hex(bytes);

beforeAll(async () => {
  sodium = await loadSodium();
});

describe('CPace against the draft (B.3)', () => {
  const inputs = (): CpaceInputs => ({ prs: hex(cpace.prs), ci: hex(cpace.ci), sid: hex(cpace.sid) });

  it('encodes lengths', () => {
    for (const [data, out] of cpace.prependLength) expect(toHex(prependLength(hex(data!)))).toBe(out);
    expect(toHex(lvCat(...cpace.lvCat.parts.map(hex)))).toBe(cpace.lvCat.joined);
  });

  it('derives the generator, both shares, the point and the key', () => {
    expect(toHex(calculateGenerator(sodium, inputs()))).toBe(cpace.generator);
    expect(toHex(makeShare(sodium, inputs(), hex(cpace.ya)).share)).toBe(cpace.Ya);
    expect(toHex(makeShare(sodium, inputs(), hex(cpace.yb)).share)).toBe(cpace.Yb);
    expect(toHex(sharedPoint(sodium, hex(cpace.ya), hex(cpace.Yb)))).toBe(cpace.point);
    expect(toHex(sharedPoint(sodium, hex(cpace.yb), hex(cpace.Ya)))).toBe(cpace.point);
    const isk = sessionKey(
      sodium,
      hex(cpace.sid),
      hex(cpace.point),
      { share: hex(cpace.Ya), ad: hex(cpace.ada) },
      { share: hex(cpace.Yb), ad: hex(cpace.adb) },
    );
    expect(toHex(isk)).toBe(cpace.isk);
  });

  it('multiplies valid points and aborts on invalid and neutral ones', () => {
    const scalar = hex(cpace.valid.scalar);
    expect(toHex(sharedPoint(sodium, scalar, hex(cpace.valid.share)))).toBe(cpace.valid.point);
    for (const share of cpace.invalidShares) {
      expect(() => sharedPoint(sodium, scalar, hex(share))).toThrow(TamperError);
    }
  });
});

describe('our own golden vectors', () => {
  it('stretches codes', () => {
    for (const each of stretchVectors.cases) {
      expect(toHex(stretchSalt(sodium, each.origin, each.hour))).toBe(each.salt);
      const out = stretch(sodium, each.code, each.origin, each.hour);
      expect(out.rdv).toBe(each.rdv_base64url);
      expect(toHex(out.prs)).toBe(each.prs);
    }
  });

  it('pairs', () => {
    const stretched = stretch(sodium, pairing.code, pairing.origin, pairing.hour);
    const given = { prs: stretched.prs, ci: hex(pairing.ci), sid: fromBase64(sodium, stretched.rdv) };
    expect(toHex(given.prs)).toBe(pairing.prs);
    expect(toHex(given.sid)).toBe(pairing.sid);
    const a = makeShare(sodium, given, hex(pairing.customer.scalar));
    const b = makeShare(sodium, given, hex(pairing.operator.scalar));
    expect([toHex(a.share), toHex(b.share)]).toEqual([pairing.customer.share, pairing.operator.share]);
    const messageA = { share: a.share, ad: hex(pairing.customer.ad) };
    const messageB = { share: b.share, ad: hex(pairing.operator.ad) };
    const key = sessionKey(sodium, given.sid, sharedPoint(sodium, a.scalar, b.share), messageA, messageB);
    expect(toHex(key)).toBe(pairing.key);
    expect(toHex(confirmationTag(sodium, given.sid, key, messageA))).toBe(pairing.customer.tag);
    expect(toHex(confirmationTag(sodium, given.sid, key, messageB))).toBe(pairing.operator.tag);
  });

  it('derives every key', () => {
    const key = hex(keys.key);
    const nonces = { customer: hex(keys.nonces.customer), operator: hex(keys.nonces.operator) };
    for (const { label, context, subkey: out } of keys.subkeys) {
      expect(toHex(subkey(sodium, key, label, ...context))).toBe(out);
    }
    for (const side of ['customer', 'operator'] as const) {
      expect(toHex(relayKey(sodium, key, side, nonces))).toBe(keys.relay[side]);
      expect(toHex(channelKey(sodium, key, keys.channel.name, side, nonces))).toBe(keys.channel[side]);
    }
    expect(toHex(epochId(sodium, key, nonces))).toBe(keys.epochId);
    expect(toHex(nonceMac(sodium, key, 'customer', nonces.customer, new Uint8Array(0)))).toBe(keys.helloMac);
    expect(toHex(nonceMac(sodium, key, 'operator', nonces.operator, nonces.customer))).toBe(keys.welcomeMac);
    expect(safetyWords(sodium, key)).toEqual(keys.safetyWords);
  });

  it('seals and opens', () => {
    const sealer = new Sealer(sodium, hex(seal.key));
    const opener = new Opener(sodium, hex(seal.key));
    for (const { plain, frame } of seal.frames) {
      expect(toHex(sealer.seal(hex(plain)))).toBe(frame);
      expect(toHex(opener.open(hex(frame)))).toBe(plain);
    }
  });
});
