/**
 * The sealed relay of one session, without any I/O: envelopes in, envelopes and messages out. The ladder stands in
 * `shared/protocol/relay.ts`. Within an epoch nothing may be lost, changed, repeated or reordered; a replaced socket
 * begins a new epoch, whose keys come from two fresh nonces, so that no frame of an older one is valid again.
 */
import type { z } from '../protocol/zod';
import { RelayMessage, type RelayEnvelope } from '../protocol/relay';
import { fromUtf8, utf8 } from './bytes';
import { fromBase64, toBase64 } from './encoding';
import { TamperError } from './errors';
import { epochId, nonceMac, relayKey, type NoncePair, type Sender } from './keys';
import { answerPairing, type CustomerPairing } from './pairing';
import { Opener, Sealer } from './seal';
import type { Sodium } from './sodium';
import type { Stretched } from './stretch';

interface Epoch {
  id: string;
  sealer: Sealer;
  opener: Opener;
}

/** What survives a reload; secret, so it is deleted when the session ends. Byte strings are base64url. */
export interface SavedRelay {
  side: Sender;
  key: string;
  /** Operator only, until the customer has confirmed. */
  pending?: { reply: RelayEnvelope; expectedTag: string };
}

export interface RelayOutput<M = RelayMessage> {
  /** To be sent, in this order. */
  send: RelayEnvelope[];
  messages: M[];
  /** A fresh epoch began: send your snapshot now. */
  opened: boolean;
}

const nothing = (): RelayOutput<never> => ({ send: [], messages: [], opened: false });
/** What the customer says with its confirmation: nothing is decided yet. Only the session's own relay is paired. */
const FIRST: RelayMessage = { t: 'state', consent: 'reading', capture: 'none', windowsOnly: false };
const NO_NONCE = new Uint8Array(0);

type Envelope<T extends RelayEnvelope['t']> = Extract<RelayEnvelope, { t: T }>;

/** `M`: what travels inside; the session's own messages unless told otherwise. */
export class SealedRelay<M extends { t: string } = RelayMessage> {
  #key: Uint8Array | undefined;
  #epoch: Epoch | undefined;
  #pairing: CustomerPairing | undefined;
  #pending: SavedRelay['pending'];
  #firstReply: string | undefined;
  #confirm: RelayEnvelope | undefined;
  #hello: Uint8Array | undefined;

  private constructor(
    private readonly sodium: Sodium,
    private readonly side: Sender,
    private readonly schema: z.ZodType<M>,
  ) {}

  static forCustomer(sodium: Sodium, pairing: CustomerPairing): SealedRelay {
    const relay = new SealedRelay(sodium, 'customer', RelayMessage);
    relay.#pairing = pairing;
    return relay;
  }

  /**
   * Answers the customer's share; `attach` then yields the reply with `ask` sealed in it.
   * @throws TamperError `share`
   */
  static forOperator(
    sodium: Sodium,
    stretched: Stretched,
    origin: string,
    customerShare: string,
    ask: RelayMessage,
  ): SealedRelay {
    const relay = new SealedRelay(sodium, 'operator', RelayMessage);
    const paired = answerPairing(sodium, stretched, origin, customerShare);
    relay.#key = paired.key;
    relay.#begin(paired.shares);
    relay.#pending = {
      reply: { t: 'reply', share: paired.share, tag: paired.tag, frame: relay.#sealFrame(ask) },
      expectedTag: paired.expectedTag,
    };
    return relay;
  }

  static restore(sodium: Sodium, saved: SavedRelay): SealedRelay {
    return SealedRelay.of(sodium, saved, RelayMessage);
  }

  /** A relay whose key both sides have already: after a reload, or one of the helper's lines. */
  static of<M extends { t: string }>(
    sodium: Sodium,
    saved: SavedRelay,
    schema: z.ZodType<M>,
  ): SealedRelay<M> {
    const relay = new SealedRelay(sodium, saved.side, schema);
    relay.#key = fromBase64(sodium, saved.key);
    relay.#pending = saved.pending;
    return relay;
  }

  /** The session key once the pairing is finished on this side. */
  get key(): Uint8Array | undefined {
    return this.#key;
  }

  /** True when the other side has proved that it knows the code. */
  get confirmed(): boolean {
    return this.#key !== undefined && this.#pending === undefined;
  }

  save(): SavedRelay | undefined {
    if (!this.#key) return undefined;
    const saved: SavedRelay = { side: this.side, key: toBase64(this.sodium, this.#key) };
    if (this.#pending) saved.pending = this.#pending;
    return saved;
  }

  /** Call when this side's socket was (re)attached to the session, and when the other side's was. */
  attach(): RelayEnvelope[] {
    if (this.#pending) return [this.#pending.reply];
    if (!this.#key) return [];
    return this.side === 'operator' ? [{ t: 'knock' }] : [this.#sayHello()];
  }

  /** Call when this side's socket is gone: frames may be lost from now on, so the epoch is over. */
  detach(): void {
    this.#epoch = undefined;
  }

  /** @returns undefined while there is no epoch: the snapshot that opens the next one carries what matters */
  seal(message: M): RelayEnvelope | undefined {
    if (!this.#epoch || this.#hello) return undefined;
    return { t: 'sealed', epoch: this.#epoch.id, frame: this.#sealFrame(message) };
  }

  /** @throws TamperError when the envelope proves that somebody interfered */
  receive(envelope: RelayEnvelope): RelayOutput<M> {
    switch (envelope.t) {
      case 'reply':
        return this.#onReply(envelope);
      case 'confirm':
        return this.#onConfirm(envelope);
      case 'knock':
        if (this.side !== 'customer') throw new TamperError('unexpected');
        return { ...nothing(), send: this.#key ? [this.#sayHello()] : [] };
      case 'hello':
        return this.#onHello(envelope);
      case 'welcome':
        return this.#onWelcome(envelope);
      case 'sealed':
        // A frame of an epoch that a replaced socket ended: its sender will repeat what matters.
        if (envelope.epoch !== this.#epoch?.id || this.#hello) return nothing();
        return { ...nothing(), messages: [this.#open(envelope.frame)] };
    }
  }

  #onReply(reply: Envelope<'reply'>): RelayOutput<M> {
    if (this.side !== 'customer') throw new TamperError('unexpected');
    const fingerprint = JSON.stringify([reply.share, reply.tag, reply.frame]);
    if (this.#firstReply !== undefined) {
      // The operator repeats its reply when it cannot know that ours arrived.
      if (fingerprint !== this.#firstReply) throw new TamperError('unexpected');
      return { ...nothing(), send: this.#confirm ? [this.#confirm] : [] };
    }
    // Restored after a reload: a hello proves the key as well as the confirmation did.
    if (!this.#pairing) return { ...nothing(), send: this.#key ? [this.#sayHello()] : [] };
    const { key, tag, shares } = this.#pairing.finish(reply);
    this.#key = key;
    this.#firstReply = fingerprint;
    this.#pairing = undefined;
    this.#begin(shares);
    const ask = this.#open(reply.frame);
    this.#confirm = { t: 'confirm', tag, frame: this.#sealFrame(FIRST as unknown as M) };
    return { send: [this.#confirm], messages: [ask], opened: true };
  }

  #onConfirm(confirm: Envelope<'confirm'>): RelayOutput<M> {
    if (this.side !== 'operator') throw new TamperError('unexpected');
    if (!this.#pending) return nothing();
    const { sodium } = this;
    const expected = fromBase64(sodium, this.#pending.expectedTag);
    if (!sodium.memcmp(expected, fromBase64(sodium, confirm.tag))) throw new TamperError('confirmation');
    this.#pending = undefined;
    // After a reload epoch 0 cannot be used again: its counters are gone.
    if (!this.#epoch) return { ...nothing(), send: [{ t: 'knock' }] };
    return { send: [], messages: [this.#open(confirm.frame)], opened: true };
  }

  #onHello(hello: Envelope<'hello'>): RelayOutput<M> {
    if (this.side !== 'operator' || !this.#key) throw new TamperError('unexpected');
    const customer = fromBase64(this.sodium, hello.nonce);
    this.#requireMac('customer', customer, NO_NONCE, hello.mac);
    this.#pending = undefined;
    const operator = this.sodium.randombytes_buf(16);
    this.#begin({ customer, operator });
    const welcome: RelayEnvelope = {
      t: 'welcome',
      nonce: toBase64(this.sodium, operator),
      re: hello.nonce,
      mac: this.#mac('operator', operator, customer),
    };
    return { send: [welcome], messages: [], opened: true };
  }

  #onWelcome(welcome: Envelope<'welcome'>): RelayOutput<M> {
    if (this.side !== 'customer' || !this.#key) throw new TamperError('unexpected');
    const { sodium } = this;
    const mine = this.#hello;
    // Nobody asked: an old hello of ours was played to the operator again.
    if (!mine) throw new TamperError('replayed');
    if (toBase64(sodium, mine) !== welcome.re) return nothing();
    const operator = fromBase64(sodium, welcome.nonce);
    this.#requireMac('operator', operator, mine, welcome.mac);
    this.#hello = undefined;
    this.#begin({ customer: mine, operator });
    return { ...nothing(), opened: true };
  }

  #sayHello(): RelayEnvelope {
    this.#hello = this.sodium.randombytes_buf(16);
    return {
      t: 'hello',
      nonce: toBase64(this.sodium, this.#hello),
      mac: this.#mac('customer', this.#hello, NO_NONCE),
    };
  }

  #mac(sender: Sender, nonce: Uint8Array, re: Uint8Array): string {
    return toBase64(this.sodium, nonceMac(this.sodium, this.#key!, sender, nonce, re));
  }

  #requireMac(sender: Sender, nonce: Uint8Array, re: Uint8Array, mac: string): void {
    const expected = nonceMac(this.sodium, this.#key!, sender, nonce, re);
    if (!this.sodium.memcmp(expected, fromBase64(this.sodium, mac))) throw new TamperError('forged');
  }

  #begin(nonces: NoncePair): void {
    const { sodium } = this;
    const key = this.#key!;
    const other: Sender = this.side === 'operator' ? 'customer' : 'operator';
    this.#epoch = {
      id: toBase64(sodium, epochId(sodium, key, nonces)),
      sealer: new Sealer(sodium, relayKey(sodium, key, this.side, nonces)),
      opener: new Opener(sodium, relayKey(sodium, key, other, nonces)),
    };
  }

  #sealFrame(message: M): string {
    return toBase64(this.sodium, this.#epoch!.sealer.seal(utf8(JSON.stringify(message))));
  }

  #open(frame: string): M {
    const plain = this.#epoch!.opener.open(fromBase64(this.sodium, frame));
    const parsed = this.schema.safeParse(parseJson(plain));
    if (!parsed.success) throw new TamperError('malformed');
    return parsed.data;
  }
}

function parseJson(plain: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(plain));
  } catch {
    throw new TamperError('malformed');
  }
}
