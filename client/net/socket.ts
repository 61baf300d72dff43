/**
 * One Socket.IO namespace with acknowledged requests and quick reconnection. Socket.IO's own reconnection is off:
 * after an outage it may sit in one hanging attempt, so a cheap HTTP probe every second finds the moment at which the
 * server can be reached again.
 */
import { io, type Socket } from 'socket.io-client';
import type { z } from '../../shared/protocol/zod';
import { PROTOCOL_VERSION } from '../../shared/protocol/common';
import type { Ack, Failure } from '../../shared/protocol/errors';

const REQUEST_TIMEOUT_MS = 10_000;
const PROBE_EVERY_MS = 1_000;
const PROBE_TIMEOUT_MS = 5_000;
/** A connection that lasted this long was a good one. */
const GOOD_AFTER_MS = 10_000;
const LONGEST_PAUSE_MS = 20_000;

/** Who is told when the socket connects, disconnects, or is refused for good. */
export interface SocketEvents {
  connected(): void;
  disconnected(): void;
  /** The server will not have us: signed out, or this page is too old. */
  refused(code: 'signed_out' | 'version'): void;
}

export class ServerSocket {
  readonly #socket: Socket;
  #probing: ReturnType<typeof setInterval> | undefined;
  #closed = false;
  #connectedAt = 0;
  /** Refusals in a row: a server in trouble is not asked at the speed of the network. */
  #failures = 0;
  #notBefore = 0;

  constructor(
    namespace: string,
    private readonly events: SocketEvents,
  ) {
    this.#socket = io(namespace, {
      transports: ['websocket'],
      auth: { version: PROTOCOL_VERSION },
      reconnection: false,
      autoConnect: false,
    });
    this.#socket.on('connect', () => {
      this.#connectedAt = Date.now();
      this.#stopProbing();
      this.events.connected();
    });
    this.#socket.on('disconnect', () => {
      this.#pause();
      this.events.disconnected();
      this.#probe();
    });
    this.#socket.on('connect_error', (error) => {
      if (error.message === 'signed_out' || error.message === 'version') {
        this.close();
        this.events.refused(error.message);
      } else {
        this.#pause();
        this.#probe();
      }
    });
    addEventListener('online', this.#hurry);
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** Connects, unless it is connected or about to be. */
  open(): void {
    if (!this.#socket.active && !this.#probing && !this.#closed) this.#socket.connect();
  }

  /** @returns a function that stops listening. Messages that do not fit the schema are dropped. */
  on<T>(event: string, schema: z.ZodType<T>, handle: (message: T) => void): () => void {
    const listener = (raw: unknown) => {
      const parsed = schema.safeParse(raw);
      if (parsed.success) handle(parsed.data);
    };
    this.#socket.on(event, listener);
    return () => this.#socket.off(event, listener);
  }

  /** Asks and waits for the answer; being offline or unanswered is the failure `failed`. */
  async request<T>(
    event: string,
    message: unknown,
    answer?: z.ZodType<T>,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<Ack<T>> {
    const failed: Failure = { ok: false, error: 'failed' };
    if (!this.#socket.connected) return failed;
    try {
      const ack = (await this.#socket.timeout(timeoutMs).emitWithAck(event, message)) as Ack<T>;
      if (!ack.ok || !answer) return ack;
      const parsed = answer.safeParse(ack);
      return parsed.success ? { ok: true, ...parsed.data } : failed;
    } catch {
      return failed;
    }
  }

  /** Gives up the present connection, which seems dead, and looks for a new one at once. */
  replace(): void {
    if (this.#closed || !this.#socket.connected) return;
    this.#socket.disconnect();
    this.#probe();
  }

  close(): void {
    this.#closed = true;
    this.#stopProbing();
    removeEventListener('online', this.#hurry);
    this.#socket.disconnect();
  }

  readonly #hurry = () => {
    if (this.#probing) void this.#knock();
  };

  /** The first loss is met at once, further ones ever later. */
  #pause(): void {
    if (this.#connectedAt && Date.now() - this.#connectedAt > GOOD_AFTER_MS) this.#failures = 0;
    const pause = this.#failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.#failures);
    this.#notBefore = Date.now() + pause * (0.5 + Math.random() / 2);
    this.#failures++;
    this.#connectedAt = 0;
  }

  #probe(): void {
    if (this.#closed || this.#probing) return;
    // Jitter, so that a restarted server is not met by everybody in the same instant.
    this.#probing = setInterval(() => void this.#knock(), PROBE_EVERY_MS * (0.6 + Math.random() * 0.6));
    void this.#knock();
  }

  #stopProbing(): void {
    clearInterval(this.#probing);
    this.#probing = undefined;
  }

  async #knock(): Promise<void> {
    if (Date.now() < this.#notBefore) return;
    try {
      const url = `/healthz?${Math.random().toString(36).slice(2)}`;
      const { ok } = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
      if (!ok || !this.#probing || this.#closed || this.#socket.connected) return;
      this.#stopProbing();
      this.#socket.connect();
    } catch {
      // Still unreachable; the next probe is on its way.
    }
  }
}
