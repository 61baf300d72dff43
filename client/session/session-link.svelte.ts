/** The peer link of one session, over all its replacements: keeps it alive, measures it, and has it made anew. */
import { z } from '../../shared/protocol/zod';
import type { Sodium } from '../../shared/crypto/sodium';
import type { SessionMessage } from '../../shared/protocol/channel';
import { IceConfig, type Side } from '../../shared/protocol/common';
import type { RelayMessage } from '../../shared/protocol/relay';
import type { Phase, SessionEvent } from '../../shared/session/machine';
import type { LinkStats } from '../media/stats';
import type { ServerSocket } from '../net/socket';
import { LinkHost, type LinkHostEvents } from './link-host';
import { LinkMonitor } from './link-monitor';
import { ICE_FRESH_MS, RELINK_AFTER_MS } from './timing';

/** The goodbye leaves the channel before the link is torn down. */
const GOODBYE_MS = 150;

/** What the link asks for; the newest wins. */
export type Quality = 'sharp' | 'smooth';

export interface SessionLinkDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'connected' | 'request' | 'replace'>;
  sessionId: string;
  side: Side;
  /** This side offers links and shows. */
  sharer: boolean;
  ice: IceConfig;
  key(): Uint8Array;
  phase(): Phase['at'];
  /** The server and the other side are there: a new link can be agreed on. */
  reachable(): boolean;
  /** Over the sealed relay. */
  send(message: RelayMessage): void;
  dispatch(event: SessionEvent): void;
  up(): void;
  stream(stream: MediaStream): void;
  /** Messages of the channel that are not about the link itself. */
  message(message: SessionMessage): void;
  tampered(error: unknown): void;
  /** Links, unless a test puts something else in their place. */
  makeHost?: (events: LinkHostEvents) => LinkHost;
}

export class SessionLink {
  #stats = $state.raw<LinkStats | null>(null);
  #quality = $state<Quality>('sharp');
  readonly #host: LinkHost;
  readonly #monitor: LinkMonitor;
  #ice: IceConfig;
  #iceSince = Date.now();
  #deadSince = 0;

  constructor(private readonly deps: SessionLinkDeps) {
    this.#ice = deps.ice;
    const events: LinkHostEvents = {
      send: (signal) => deps.send(signal),
      up: () => this.#onUp(),
      down: () => this.#onDown(),
      dead: () => this.#onDead(),
      stream: (stream) => deps.stream(stream),
      message: (message) => this.#onMessage(message),
      tampered: (error) => deps.tampered(error),
    };
    this.#host = deps.makeHost?.(events) ?? new LinkHost(deps.sodium, deps.side, deps.key, events);
    this.#monitor = new LinkMonitor(this.#host, {
      stats: (stats) => (this.#stats = stats),
      silent: () => deps.phase() === 'connected' && this.#onDown(),
      alive: () =>
        deps.phase() === 'interrupted' && this.#host.up && deps.dispatch({ type: 'linkUp', at: Date.now() }),
      report: async (network) =>
        (await deps.socket.request('session:connected', { sessionId: deps.sessionId, network })).ok,
    });
  }

  get up(): boolean {
    return this.#host.up;
  }
  get ice(): IceConfig {
    return this.#ice;
  }
  get stats(): LinkStats | null {
    return this.#stats;
  }
  get quality(): Quality {
    return this.#quality;
  }

  /** Fresh relay credentials. */
  takeIce(ice: IceConfig): void {
    this.#ice = ice;
    this.#iceSince = Date.now();
  }

  /** Viewer: asks the sharer to prefer sharp text or smooth motion. */
  setQuality(prefer: Quality): void {
    this.#quality = prefer;
    this.#host.send({ t: 'quality', prefer });
  }

  /** What the picture element measured, capture → display, in milliseconds. */
  noteLag(ms: number): void {
    this.#monitor.noteLag(ms);
  }

  /** @returns false while there is no link */
  send(message: SessionMessage): boolean {
    return this.#host.send(message);
  }

  /** A signal of the other side, over the sealed relay. */
  receive(signal: Parameters<LinkHost['receive']>[0]): void {
    this.#host.receive(signal, this.#ice, !this.deps.sharer);
  }

  /** Sharer: a new link, with relay credentials that are still good. */
  async offer(streams: () => MediaStream[]): Promise<void> {
    if (Date.now() - this.#iceSince > ICE_FRESH_MS) await this.#checkSocket();
    const list = streams();
    if (list.length > 0 && this.deps.phase() !== 'ended') this.#host.offer(this.#ice, list);
  }

  /** The link that came up is measured from scratch. */
  measure(): void {
    this.#monitor.restart();
  }

  /** Asks for a new link: the sharer of itself, the viewer of the sharer. */
  relink(): void {
    if (this.deps.sharer) this.deps.dispatch({ type: 'relink' });
    else this.deps.send({ t: 'relink' });
  }

  tick(): void {
    this.#monitor.tick();
    const now = Date.now();
    if (this.#deadSince && now - this.#deadSince > RELINK_AFTER_MS && this.deps.reachable()) {
      this.#deadSince = now;
      this.relink();
    }
  }

  /** @param goodbye the last message */
  close(goodbye: SessionMessage): void {
    this.#host.send(goodbye);
    setTimeout(() => this.#host.close(), GOODBYE_MS);
    this.#stats = null;
  }

  #onUp(): void {
    this.#deadSince = 0;
    this.deps.dispatch({ type: 'linkUp', at: Date.now() });
    this.deps.up();
    if (this.deps.sharer) void this.#host.prefer(this.#quality);
    else this.#host.send({ t: 'quality', prefer: this.#quality });
  }

  #onDown(): void {
    this.deps.dispatch({ type: 'linkDown', at: Date.now() });
    void this.#checkSocket();
  }

  #onDead(): void {
    this.#deadSince = Date.now();
    this.#onDown();
  }

  /** When the link is lost the socket often is too, without knowing it yet. */
  async #checkSocket(): Promise<void> {
    const { socket, sessionId } = this.deps;
    if (!socket.connected) return;
    const ack = await socket.request('session:ice', { sessionId }, z.object({ ice: IceConfig }), 3000);
    if (ack.ok) this.takeIce(ack.ice);
    else if (ack.error === 'failed') socket.replace();
  }

  #onMessage(message: SessionMessage): void {
    switch (message.t) {
      case 'ping':
        this.#host.send({ t: 'pong', at: message.at, now: performance.now() });
        return;
      case 'pong':
        this.#monitor.onPong(message.at);
        return;
      case 'quality':
        if (!this.deps.sharer) return;
        this.#quality = message.prefer;
        void this.#host.prefer(message.prefer);
        return;
      default:
        this.deps.message(message);
    }
  }
}
