/** Keeps an eye on one session's link: round trip, statistics, silence; and reports the path for the audit. */
import type { NetworkReport } from '../../shared/protocol/common';
import { StatsReader, type LinkStats } from '../media/stats';
import type { LinkHost } from './link-host';
import { PING_LOST_MS } from './timing';

/** A ping is skipped when this many bytes wait in the channel. */
const PING_FULL_AT = 64_000;

export interface MonitorEvents {
  stats(stats: LinkStats): void;
  /** Nothing has been answered for a while. */
  silent(): void;
  /** An answer after silence. */
  alive(): void;
  /** Tells the server how the two browsers reached each other. @returns whether it took it */
  report(network: NetworkReport): Promise<boolean>;
}

export class LinkMonitor {
  #reader = new StatsReader();
  #lastPong = 0;
  #roundTrip: number | null = null;
  #lag: number | null = null;
  #reported = '';

  constructor(
    private readonly links: LinkHost,
    private readonly events: MonitorEvents,
  ) {}

  /** A link came up: measure it from scratch, at once, so that the shortest session is known to have begun. */
  restart(): void {
    this.#reader = new StatsReader();
    this.#lastPong = Date.now();
    this.#reported = '';
    this.#ping();
    void this.#measure();
  }

  onPong(at: number): void {
    this.#lastPong = Date.now();
    this.#roundTrip = performance.now() - at;
    this.events.alive();
  }

  noteLag(ms: number): void {
    this.#lag = ms;
  }

  tick(): void {
    if (!this.links.up) return;
    this.#ping();
    if (Date.now() - this.#lastPong > PING_LOST_MS) this.events.silent();
    void this.#measure();
  }

  #ping(): void {
    this.links.send({ t: 'ping', at: performance.now() }, PING_FULL_AT);
  }

  async #measure(): Promise<void> {
    const report = await this.links.link?.stats();
    const read = report ? this.#reader.read(report) : null;
    if (!read || !this.links.up) return;
    this.events.stats({ ...read, roundTripMs: this.#roundTrip, lagMs: this.#lag });
    const { route, protocol, dtlsCipher, srtpCipher } = read;
    const network = { route, protocol, dtlsCipher, srtpCipher };
    const text = JSON.stringify(network);
    if (text !== this.#reported && (await this.events.report(network))) this.#reported = text;
  }
}
