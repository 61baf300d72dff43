/**
 * One WebRTC link of this browser: to the other browser, or to a helper. The only file that knows simple-peer, whose
 * maintenance has ended (docs/adr). A link is never mended by an ICE restart: a dead one is replaced under the same
 * session keys.
 */
import SimplePeer from 'simple-peer';
import type { IceConfig } from '../../shared/protocol/common';
import { LinkSignal } from '../../shared/protocol/relay';

export interface LinkEvents {
  signal(data: LinkSignal): void;
  /** Media and data flow, first or again. */
  up(): void;
  /** Nothing comes through at the moment; may come `up` again by itself. */
  down(): void;
  /** Over; make a new one. */
  dead(): void;
  stream(stream: MediaStream): void;
  /** From the channel `session`. */
  data(bytes: Uint8Array): void;
  /** From one of the further channels. */
  channelData?(name: string, bytes: Uint8Array): void;
  /** One of the further channels is open, or takes more again. */
  channelReady?(name: string): void;
}

/** Below so many waiting bytes a channel counts as ready for more. */
const LOW_WATER = 64_000;

export interface LinkOptions {
  initiator: boolean;
  ice: IceConfig;
  /** What this side shows, if it is the sharer: one stream a picture. */
  streams?: MediaStream[];
  /** Further channels, ordered and reliable, agreed on by their SCTP stream ids. */
  channels?: Readonly<Record<string, number>>;
}

/** simple-peer keeps its connection private; statistics, sender settings and further channels need it. */
interface Inside {
  _pc: RTCPeerConnection;
}

export class PeerLink {
  readonly #peer: SimplePeer.Instance;
  readonly #channels = new Map<string, RTCDataChannel>();
  #over = false;
  #up = false;

  constructor(
    { initiator, ice, streams = [], channels = {} }: LinkOptions,
    private readonly events: LinkEvents,
  ) {
    this.#peer = new SimplePeer({
      initiator,
      trickle: true,
      channelName: 'session',
      streams,
      config: {
        iceServers: ice.servers,
        iceTransportPolicy: ice.policy,
        bundlePolicy: 'max-bundle',
      },
    });
    for (const [name, id] of Object.entries(channels)) this.#openChannel(name, id);
    this.#listen();
  }

  get up(): boolean {
    return this.#up && !this.#over;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Hands in a signal of the other side; what does not fit ends the link, not the page. */
  signal(data: LinkSignal): void {
    if (!this.#over) this.#peer.signal(data as SimplePeer.SignalData);
  }

  /** Whether the channel `session` takes a message while no more than `fullAt` bytes wait in it. Ask before sealing. */
  takes(fullAt = 1_000_000): boolean {
    return this.up && this.#peer.bufferSize <= fullAt;
  }

  send(bytes: Uint8Array): void {
    if (this.up) this.#peer.send(bytes);
  }

  /** Sends on one of the further channels, at once; ask `isOpen` before sealing. */
  sendOn(name: string, bytes: Uint8Array): void {
    try {
      this.#channels.get(name)?.send(bytes as Uint8Array<ArrayBuffer>);
    } catch {
      this.#die(); // full to the brim: the other end would miss a message
    }
  }

  /** Bytes of a further channel that wait to be sent. */
  buffered(name: string): number {
    return this.#channels.get(name)?.bufferedAmount ?? 0;
  }

  /** Whether a further channel takes messages. */
  isOpen(name: string): boolean {
    return !this.#over && this.#channels.get(name)?.readyState === 'open';
  }

  async stats(): Promise<RTCStatsReport | null> {
    return this.#over ? null : this.#connection.getStats();
  }

  /** Sets how the sent picture is compressed: sharp keeps every pixel, smooth keeps the frame rate. */
  async prefer(quality: 'sharp' | 'smooth', maxBitrate: number): Promise<void> {
    for (const sender of this.#over ? [] : this.#connection.getSenders()) {
      if (sender.track?.kind !== 'video') continue;
      sender.track.contentHint = quality === 'sharp' ? 'detail' : 'motion';
      const parameters = sender.getParameters();
      parameters.degradationPreference = quality === 'sharp' ? 'maintain-resolution' : 'maintain-framerate';
      for (const encoding of parameters.encodings) encoding.maxBitrate = maxBitrate;
      await sender.setParameters(parameters).catch(() => undefined);
    }
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#peer.destroy();
  }

  get #connection(): RTCPeerConnection {
    return (this.#peer as unknown as Inside)._pc;
  }

  /** Before the first signal is handled, so that the channel is part of the first description. */
  #openChannel(name: string, id: number): void {
    const channel = this.#connection.createDataChannel(name, { negotiated: true, id, ordered: true });
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#over) return;
      // Text is not part of any protocol here: an empty frame fails to open like any other forgery.
      this.events.channelData?.(name, data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0));
    };
    channel.bufferedAmountLowThreshold = LOW_WATER;
    channel.onopen = channel.onbufferedamountlow = () => !this.#over && this.events.channelReady?.(name);
    channel.onclose = () => this.#die();
    this.#channels.set(name, channel);
  }

  #listen(): void {
    const peer = this.#peer;
    peer.on('signal', (data) => {
      const parsed = LinkSignal.safeParse(JSON.parse(JSON.stringify(data)));
      if (parsed.success && !this.#over) this.events.signal(parsed.data);
    });
    peer.on('connect', () => this.#setUp(true));
    peer.on('stream', (stream) => this.events.stream(stream));
    peer.on('data', (bytes: Uint8Array) => this.events.data(bytes));
    peer.on('iceStateChange', (state) => {
      if (state === 'disconnected') this.#setUp(false);
      else if ((state === 'connected' || state === 'completed') && peer.connected) this.#setUp(true);
    });
    peer.on('error', () => this.#die());
    peer.on('close', () => this.#die());
  }

  #setUp(up: boolean): void {
    if (this.#over || this.#up === up) return;
    this.#up = up;
    if (up) this.events.up();
    else this.events.down();
  }

  #die(): void {
    if (this.#over) return;
    this.#over = true;
    this.#peer.destroy();
    this.events.dead();
  }
}
