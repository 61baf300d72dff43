import { beforeAll, describe, expect, it } from 'vitest';
import { TamperError } from '../../shared/crypto/errors';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import { MAX_CHANNEL_BYTES, SessionMessage } from '../../shared/protocol/channel';
import { SealedChannel } from './sealed-channel';

const SESSION = { name: 'session', schema: SessionMessage, maxBytes: MAX_CHANNEL_BYTES };
const CLIPBOARD = { ...SESSION, name: 'clipboard' };

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

function ends() {
  const key = sodium.randombytes_buf(64);
  const nonces = { customer: sodium.randombytes_buf(16), operator: sodium.randombytes_buf(16) };
  return {
    customer: new SealedChannel(sodium, key, SESSION, 'customer', nonces),
    operator: new SealedChannel(sodium, key, SESSION, 'operator', nonces),
    otherChannel: new SealedChannel(sodium, key, CLIPBOARD, 'operator', nonces),
    otherLink: new SealedChannel(sodium, key, SESSION, 'operator', {
      ...nonces,
      customer: sodium.randombytes_buf(16),
    }),
  };
}
const PING = { t: 'ping', at: 5 } as const;

describe('a sealed data channel', () => {
  it('carries messages both ways', () => {
    const { customer, operator } = ends();
    expect(operator.open(customer.seal(PING))).toEqual(PING);
    expect(customer.open(operator.seal({ t: 'pong', at: 5, now: 6 }))).toEqual({ t: 'pong', at: 5, now: 6 });
  });

  it.each(['otherChannel', 'otherLink'] as const)('is closed to %s', (which) => {
    const all = ends();
    expect(() => all[which].open(all.customer.seal(PING))).toThrow(TamperError);
  });

  it('refuses replays, gaps, echoes, garbage and floods', () => {
    const { customer, operator } = ends();
    const first = customer.seal(PING);
    operator.open(first);
    expect(() => operator.open(first)).toThrow('replayed');
    customer.seal(PING);
    expect(() => operator.open(customer.seal(PING))).toThrow('missing');
    expect(() => customer.open(first)).toThrow('forged');
    expect(() => operator.open(new Uint8Array(3))).toThrow('forged');
    expect(() => operator.open(new Uint8Array(100_000))).toThrow('malformed');
  });

  it('refuses well-sealed nonsense', () => {
    const { customer, operator } = ends();
    expect(() => operator.open(customer.seal({ t: 'input', x: 1 } as never))).toThrow('malformed');
  });
});
