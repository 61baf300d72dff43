/**
 * One link of the controller's browser with the helper: the channels `session`, `input` and `clipboard`, each sealed with
 * subkeys of peerKey. The helper has the role `customer` and offers; this side answers. Knows neither Svelte nor grants.
 */
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { TamperError } from '../../shared/crypto/errors';
import type { Sodium } from '../../shared/crypto/sodium';
import type { IceConfig } from '../../shared/protocol/common';
import type { PeerLineMessage } from '../../shared/protocol/helper';
import {
  ClipboardMessage,
  HELPER_CHANNELS,
  HelperSessionMessage,
  InputMessage,
  MAX_HELPER_CHANNEL_BYTES as maxBytes,
} from '../../shared/protocol/input';
import { PeerLink } from '../net/peer-link';
import { SealedChannel } from '../net/sealed-channel';

export type HelperSignal = Extract<PeerLineMessage, { t: 'signal' }>;

export interface HelperLinkEvents {
  send(signal: HelperSignal): void;
  up(): void;
  down(): void;
  dead(): void;
  message(message: HelperSessionMessage): void;
  clipboard(message: ClipboardMessage): void;
  /** The channel `clipboard` takes more again. */
  clipboardReady(): void;
  tampered(): void;
}

const PING_FULL_AT = 64_000;

export class HelperLink {
  readonly #link: PeerLink;
  readonly #session: SealedChannel<HelperSessionMessage>;
  readonly #input: SealedChannel<InputMessage>;
  readonly #clipboard: SealedChannel<ClipboardMessage>;

  /** @param offer the helper's first signal of this link */
  constructor(
    sodium: Sodium,
    key: Uint8Array,
    ice: IceConfig,
    private readonly offer: HelperSignal,
    private readonly events: HelperLinkEvents,
  ) {
    const mine = sodium.randombytes_buf(16);
    const nonce = toBase64(sodium, mine);
    const nonces = { customer: fromBase64(sodium, offer.nonce), operator: mine };
    const channel = <M>(spec: ConstructorParameters<typeof SealedChannel<M>>[2]) =>
      new SealedChannel(sodium, key, spec, 'operator', nonces);
    this.#session = channel({ name: 'session', schema: HelperSessionMessage, maxBytes });
    this.#input = channel({ name: 'input', schema: InputMessage, maxBytes });
    this.#clipboard = channel({ name: 'clipboard', schema: ClipboardMessage, maxBytes });
    this.#link = new PeerLink(
      { initiator: false, ice, channels: HELPER_CHANNELS },
      {
        signal: (data) => events.send({ t: 'signal', link: offer.link, nonce, data }),
        up: () => events.up(),
        down: () => events.down(),
        dead: () => events.dead(),
        stream: () => undefined, // the picture comes from the host's browser
        data: (bytes) => this.#open(() => events.message(this.#session.open(bytes))),
        channelData: (name, bytes) => this.#open(() => this.#onChannel(name, bytes)),
        channelReady: (name) => name === 'clipboard' && events.clipboardReady(),
      },
    );
    this.#link.signal(offer.data);
  }

  get id(): string {
    return this.offer.link;
  }

  get up(): boolean {
    return this.#link.up;
  }

  /** Whether `input` can be sent now. */
  get takesInput(): boolean {
    return this.#link.isOpen('input');
  }

  /** Bytes of input that wait to be sent. */
  get inputBuffered(): number {
    return this.#link.buffered('input');
  }

  /** Whether `clipboard` takes another part now. */
  takesClipboard(fullAt: number): boolean {
    return this.#link.isOpen('clipboard') && this.#link.buffered('clipboard') <= fullAt;
  }

  signal(signal: HelperSignal): void {
    this.#link.signal(signal.data);
  }

  /** Seals and sends in one go, on the caller's stack: nothing is waited for. */
  input(message: InputMessage): void {
    this.#link.sendOn('input', this.#input.seal(message));
  }

  clipboard(message: ClipboardMessage): void {
    this.#link.sendOn('clipboard', this.#clipboard.seal(message));
  }

  /** A ping is skipped while the channel is full. */
  say(message: HelperSessionMessage): void {
    if (this.#link.takes(message.t === 'ping' ? PING_FULL_AT : undefined)) {
      this.#link.send(this.#session.seal(message));
    }
  }

  close(): void {
    this.#link.close();
  }

  #onChannel(name: string, bytes: Uint8Array): void {
    // Nothing comes back on `input`.
    if (name !== 'clipboard') throw new TamperError('unexpected');
    this.events.clipboard(this.#clipboard.open(bytes));
  }

  #open(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof TamperError)) throw error;
      this.close();
      this.events.tampered();
    }
  }
}
