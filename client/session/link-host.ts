/** Builds and replaces the peer link of one session and runs its sealed channel; knows neither Svelte nor phases. */
import { toBase64, fromBase64 } from '../../shared/crypto/encoding';
import type { NoncePair } from '../../shared/crypto/keys';
import type { Sodium } from '../../shared/crypto/sodium';
import { MAX_CHANNEL_BYTES, SessionMessage } from '../../shared/protocol/channel';
import type { IceConfig, Side } from '../../shared/protocol/common';
import type { LinkSignal, RelayMessage } from '../../shared/protocol/relay';
import { PeerLink } from '../net/peer-link';
import { SealedChannel } from '../net/sealed-channel';

/** Screen content of 4K at full motion stays below this; the browser lowers it by itself where the path is narrow. */
const MAX_VIDEO_BITRATE = 12_000_000;

type Signal = Extract<RelayMessage, { t: 'signal' }>;

export interface LinkHostEvents {
  send(signal: Signal): void;
  up(): void;
  down(): void;
  dead(): void;
  stream(stream: MediaStream): void;
  message(message: SessionMessage): void;
  /** A sealed message of the channel did not verify. */
  tampered(error: unknown): void;
}

interface Current {
  id: string;
  link: PeerLink;
  mine: Uint8Array;
  channel: SealedChannel<SessionMessage> | null;
}

export class LinkHost {
  #current: Current | null = null;

  constructor(
    private readonly sodium: Sodium,
    private readonly side: Side,
    private readonly key: () => Uint8Array,
    private readonly events: LinkHostEvents,
  ) {}

  get up(): boolean {
    return this.#current?.link.up ?? false;
  }

  get link(): PeerLink | null {
    return this.#current?.link ?? null;
  }

  /** Sharer: offers a new link with one stream a picture, and drops the old one. */
  offer(ice: IceConfig, streams: MediaStream[]): void {
    this.#replace(toBase64(this.sodium, this.sodium.randombytes_buf(16)), { initiator: true, ice, streams });
  }

  /** Takes a signal of the other side; an offer makes the viewer's end of a new link. */
  receive(signal: Signal, ice: IceConfig, viewer: boolean): void {
    if (signal.data.type === 'offer') {
      if (!viewer) return;
      this.#replace(signal.link, { initiator: false, ice });
    }
    const current = this.#current;
    if (!current || current.id !== signal.link) return; // of a link that was replaced meanwhile
    if (signal.data.type !== 'candidate') {
      const theirs = fromBase64(this.sodium, signal.nonce);
      current.channel = new SealedChannel(
        this.sodium,
        this.key(),
        { name: 'session', schema: SessionMessage, maxBytes: MAX_CHANNEL_BYTES },
        this.side,
        this.#nonces(current.mine, theirs),
      );
    }
    current.link.signal(signal.data);
  }

  /** @returns false when it was skipped */
  send(message: SessionMessage, fullAt?: number): boolean {
    const current = this.#current;
    // Asked first: a sealed message that is not sent would be missed at the other end.
    if (!current?.channel || !current.link.takes(fullAt)) return false;
    current.link.send(current.channel.seal(message));
    return true;
  }

  async prefer(quality: 'sharp' | 'smooth'): Promise<void> {
    await this.#current?.link.prefer(quality, MAX_VIDEO_BITRATE);
  }

  close(): void {
    this.#current?.link.close();
    this.#current = null;
  }

  #nonces(mine: Uint8Array, theirs: Uint8Array): NoncePair {
    return this.side === 'customer'
      ? { customer: mine, operator: theirs }
      : { customer: theirs, operator: mine };
  }

  #replace(id: string, options: { initiator: boolean; ice: IceConfig; streams?: MediaStream[] }): void {
    this.close();
    const mine = this.sodium.randombytes_buf(16);
    const nonce = toBase64(this.sodium, mine);
    const ours = () => this.#current?.id === id;
    const link = new PeerLink(options, {
      signal: (data: LinkSignal) => ours() && this.events.send({ t: 'signal', link: id, nonce, data }),
      up: () => ours() && this.events.up(),
      down: () => ours() && this.events.down(),
      dead: () => ours() && this.events.dead(),
      stream: (stream) => ours() && this.events.stream(stream),
      data: (bytes) => ours() && this.#onData(bytes),
    });
    this.#current = { id, link, mine, channel: null };
  }

  #onData(bytes: Uint8Array): void {
    try {
      const channel = this.#current?.channel;
      if (channel) this.events.message(channel.open(bytes));
    } catch (error) {
      this.events.tampered(error);
    }
  }
}
