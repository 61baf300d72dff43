/** The malicious server: everything it can do to relayed envelopes is found out. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RelayEnvelope, RelayMessage } from '../protocol/relay';
import { TamperError, type TamperKind } from './errors';
import { CustomerPairing } from './pairing';
import { SealedRelay } from './relay';
import { safetyWords } from './safety-words';
import { loadSodium, type Sodium } from './sodium';
import { stretch, type Stretched } from './stretch';

const ORIGIN = 'https://support.example';
const ASK: RelayMessage = {
  t: 'ask',
  card: { operator: '山田', company: 'Example KK' },
  mode: 'view',
  windowsOnly: false,
};
const SIGNAL: RelayMessage = {
  t: 'signal',
  link: 'AAAAAAAAAAAAAAAAAAAAAA',
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  data: { type: 'offer', sdp: 'a=fingerprint:sha-256 AB:CD' },
};

let sodium: Sodium;
let code: Stretched;
let guess: Stretched;

beforeAll(async () => {
  sodium = await loadSodium();
  code = stretch(sodium, '12345678', ORIGIN, '2026-11-21T09Z');
  guess = { ...stretch(sodium, '87654321', ORIGIN, '2026-11-21T09Z'), rdv: code.rdv };
});

function pairUp() {
  const pairing = new CustomerPairing(sodium, code, ORIGIN);
  const customer = SealedRelay.forCustomer(sodium, pairing);
  const operator = SealedRelay.forOperator(sodium, code, ORIGIN, pairing.share, ASK);
  return { customer, operator };
}

/** Both sides after an honest pairing. */
function paired() {
  const { customer, operator } = pairUp();
  const [reply] = operator.attach();
  const answered = customer.receive(reply!);
  const confirmed = operator.receive(answered.send[0]!);
  return { customer, operator, answered, confirmed, reply: reply!, confirm: answered.send[0]! };
}

const sealed = (relay: SealedRelay, message: RelayMessage = SIGNAL): RelayEnvelope => {
  const envelope = relay.seal(message);
  if (!envelope) throw new Error('no epoch');
  return envelope;
};

function expectTamper(act: () => unknown, ...kinds: TamperKind[]) {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(TamperError);
    expect(kinds).toContain((error as TamperError).kind);
    return;
  }
  expect.unreachable(`nobody noticed: ${kinds.join()}`);
}

/** Flips one bit of the sealed bytes. */
function corrupt(envelope: RelayEnvelope, at = 20): RelayEnvelope {
  if (!('frame' in envelope)) throw new Error('nothing to corrupt');
  const bytes = sodium.from_base64(envelope.frame, sodium.base64_variants.URLSAFE_NO_PADDING);
  bytes[at % bytes.length]! ^= 1;
  return { ...envelope, frame: sodium.to_base64(bytes, sodium.base64_variants.URLSAFE_NO_PADDING) };
}

describe('an honest server', () => {
  it('lets both sides agree on a key, words and messages', () => {
    const { customer, operator, answered, confirmed } = paired();
    expect(answered.messages).toEqual([ASK]);
    expect(confirmed.messages).toEqual([
      { t: 'state', consent: 'reading', capture: 'none', windowsOnly: false },
    ]);
    expect(customer.confirmed && operator.confirmed).toBe(true);
    expect(safetyWords(sodium, customer.key!)).toEqual(safetyWords(sodium, operator.key!));
    expect(operator.receive(sealed(customer)).messages).toEqual([SIGNAL]);
    expect(customer.receive(sealed(operator)).messages).toEqual([SIGNAL]);
  });

  it('may replace either socket: a new epoch, no key stream twice', () => {
    const { customer, operator } = paired();
    const old = sealed(customer);
    const [hello] = customer.attach();
    const { send, opened } = operator.receive(hello!);
    expect(opened).toBe(true);
    expect(customer.seal(SIGNAL)).toBeUndefined(); // between hello and welcome
    expect(customer.receive(send[0]!).opened).toBe(true);
    expect(operator.receive(old)).toEqual({ send: [], messages: [], opened: false }); // stale, not an attack
    const fresh = sealed(customer);
    expect(fresh).not.toEqual(old);
    expect(operator.receive(fresh).messages).toEqual([SIGNAL]);
  });

  it('survives the reload of either page', () => {
    const before = paired();
    const operator = SealedRelay.restore(sodium, before.operator.save()!);
    const hello = before.customer.receive(operator.attach()[0]!).send[0]!;
    const welcome = operator.receive(hello).send[0]!;
    before.customer.receive(welcome);
    expect(operator.receive(sealed(before.customer)).messages).toEqual([SIGNAL]);

    const customer = SealedRelay.restore(sodium, before.customer.save()!);
    customer.receive(operator.receive(customer.attach()[0]!).send[0]!);
    expect(customer.receive(sealed(operator)).messages).toEqual([SIGNAL]);
  });

  it('may lose frames with a replaced socket: whoever lost it ignores the old epoch', () => {
    const { customer, operator } = paired();
    sealed(customer); // lost with the operator's socket
    operator.detach();
    expect(operator.receive(sealed(customer)).messages).toEqual([]);
    expect(operator.seal(SIGNAL)).toBeUndefined();
    const hello = customer.receive(operator.attach()[0]!).send[0]!;
    customer.receive(operator.receive(hello).send[0]!);
    expect(operator.receive(sealed(customer)).messages).toEqual([SIGNAL]);
  });

  it('may lose the hello of a reloaded customer: a repeated reply brings another', () => {
    const { customer, operator } = pairUp();
    const reply = operator.attach()[0]!;
    customer.receive(reply);
    const reloaded = SealedRelay.restore(sodium, customer.save()!);
    reloaded.attach(); // lost
    const hello = reloaded.receive(reply).send[0]!;
    expect(reloaded.receive(operator.receive(hello).send[0]!).opened).toBe(true);
    expect(operator.confirmed).toBe(true);
  });

  it('may lose the confirmation: the reply is repeated and answered alike, also after a reload', () => {
    const { customer, operator } = pairUp();
    const first = customer.receive(operator.attach()[0]!).send[0]!;
    const reloaded = SealedRelay.restore(sodium, operator.save()!);
    const again = customer.receive(reloaded.attach()[0]!).send[0]!;
    expect(again).toEqual(first);
    expect(reloaded.receive(again).send).toEqual([{ t: 'knock' }]);
    expect(reloaded.confirmed).toBe(true);
  });
});

describe('a malicious server', () => {
  it('cannot pair with the customer without the code', () => {
    const pairing = new CustomerPairing(sodium, code, ORIGIN);
    const customer = SealedRelay.forCustomer(sodium, pairing);
    const impostor = SealedRelay.forOperator(sodium, guess, ORIGIN, pairing.share, ASK);
    expectTamper(() => customer.receive(impostor.attach()[0]!), 'confirmation');
  });

  it('cannot pair with the operator without the code', () => {
    const pairing = new CustomerPairing(sodium, guess, ORIGIN);
    const operator = SealedRelay.forOperator(sodium, code, ORIGIN, pairing.share, ASK);
    const [reply] = operator.attach();
    const forged: RelayEnvelope = {
      t: 'confirm',
      tag: (reply as { tag: string }).tag,
      frame: (reply as { frame: string }).frame,
    };
    expectTamper(() => operator.receive(forged), 'confirmation');
  });

  it('cannot swap a share for one that is no group element', () => {
    const neutral = sodium.to_base64(new Uint8Array(32), sodium.base64_variants.URLSAFE_NO_PADDING);
    expectTamper(() => SealedRelay.forOperator(sodium, code, ORIGIN, neutral, ASK), 'share');
    const { customer, operator } = pairUp();
    const [reply] = operator.attach();
    expectTamper(() => customer.receive({ ...reply, share: neutral } as RelayEnvelope), 'share');
  });

  it('cannot move a pairing to another origin', () => {
    const pairing = new CustomerPairing(sodium, code, 'https://evil.example');
    const operator = SealedRelay.forOperator(sodium, code, ORIGIN, pairing.share, ASK);
    expectTamper(
      () => SealedRelay.forCustomer(sodium, pairing).receive(operator.attach()[0]!),
      'confirmation',
    );
  });

  it('cannot change a fingerprint, or any other byte', () => {
    const { customer, operator } = paired();
    for (const at of [0, 7, 8, 50, -1]) {
      const copy = SealedRelay.restore(sodium, operator.save()!);
      const hello = customer.attach()[0]!;
      customer.receive(copy.receive(hello).send[0]!);
      const envelope = sealed(customer) as { frame: string } & RelayEnvelope;
      const where = at < 0 ? envelope.frame.length : at;
      expectTamper(() => copy.receive(corrupt(envelope, where)), 'forged');
    }
  });

  it('cannot truncate', () => {
    const { customer, operator } = paired();
    const envelope = sealed(customer) as Extract<RelayEnvelope, { t: 'sealed' }>;
    expectTamper(
      () => operator.receive({ ...envelope, frame: envelope.frame.slice(0, -4) }),
      'forged',
      'malformed',
    );
    expectTamper(
      () => operator.receive({ ...envelope, frame: envelope.frame.slice(0, 8) }),
      'forged',
      'malformed',
    );
  });

  it('cannot replay, reorder or drop', () => {
    const replay = paired();
    const frame = sealed(replay.customer);
    replay.operator.receive(frame);
    expectTamper(() => replay.operator.receive(frame), 'replayed');

    const reorder = paired();
    const [, second] = [sealed(reorder.customer), sealed(reorder.customer)];
    expectTamper(() => reorder.operator.receive(second), 'missing');
  });

  it('cannot play a frame back to its sender', () => {
    const { customer } = paired();
    expectTamper(() => customer.receive(sealed(customer)), 'forged');
  });

  it('cannot begin an epoch by itself, nor repeat one', () => {
    const { customer, operator } = paired();
    const hello = customer.attach()[0] as Extract<RelayEnvelope, { t: 'hello' }>;
    expectTamper(() => operator.receive({ ...hello, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'forged');
    const welcome = operator.receive(hello).send[0]!;
    customer.receive(welcome);
    const echo = operator.receive(hello).send[0]!; // the old hello, played again
    expectTamper(() => customer.receive(echo), 'replayed');
  });

  it('cannot send either side the other side’s part', () => {
    const { customer, operator, reply, confirm } = paired();
    expectTamper(() => operator.receive(reply), 'unexpected');
    expectTamper(() => customer.receive(confirm), 'unexpected');
    expectTamper(() => operator.receive({ t: 'knock' }), 'unexpected');
    const other = pairUp().operator.attach()[0]!;
    expectTamper(() => customer.receive(other), 'unexpected');
  });
});
