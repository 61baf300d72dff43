/**
 * One WebRTC link between the two browsers. The only file that knows simple-peer, whose maintenance has ended
 * (docs/adr). A link is never mended by an ICE restart: a dead one is replaced under the same session keys.
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
  data(bytes: Uint8Array): void;
}

export interface LinkOptions {
  initiator: boolean;
  ice: IceConfig;
  /** What this side shows, if it is the sharer. */
  stream?: MediaStream;
}

/** simple-peer keeps its connection private; statistics and sender settings need it. */
interface Inside {
  _pc: RTCPeerConnection;
}

export class PeerLink {
  readonly #peer: SimplePeer.Instance;
  #over = false;
  #up = false;

  constructor(
    { initiator, ice, stream }: LinkOptions,
    private readonly events: LinkEvents,
  ) {
    this.#peer = new SimplePeer({
      initiator,
      trickle: true,
      channelName: 'session',
      ...(stream ? { stream } : {}),
      config: {
        iceServers: ice.servers,
        iceTransportPolicy: ice.policy,
        bundlePolicy: 'max-bundle',
      },
    });
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

  /** @returns false when the message was skipped because the channel is not open or full */
  send(bytes: Uint8Array, fullAt = 1_000_000): boolean {
    if (!this.up || this.#peer.bufferSize > fullAt) return false;
    this.#peer.send(bytes);
    return true;
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
