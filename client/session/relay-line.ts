/**
 * Carries a sealed relay over the server's socket: the session's own, or one of the helper's lines. Offline it sends
 * nothing: a new epoch repeats it.
 */
import type { SavedRelay, SealedRelay } from '../../shared/crypto/relay';
import type { RelayEnvelope, RelayMessage } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';

export interface LineEvents<M> {
  message(message: M): void;
  /** An epoch began: keys are agreed, send the snapshot. */
  opened(): void;
  /** Called after `message` and `opened` were told. */
  settled(opened: boolean): void;
  tampered(error: unknown): void;
}

export class RelayLine<M extends { t: string } = RelayMessage> {
  #relay: SealedRelay<M> | undefined;
  #online = true;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: Pick<ServerSocket, 'request' | 'replace'>,
    private readonly sessionId: string,
    private readonly events: LineEvents<M>,
    /** Both carry `{sessionId, envelope}`. */
    private readonly event: 'session:relay' | 'helper:relay' = 'session:relay',
  ) {}

  get key(): Uint8Array | undefined {
    return this.#relay?.key;
  }

  save(): SavedRelay | undefined {
    return this.#relay?.save();
  }

  use(relay: SealedRelay<M>): void {
    this.#relay = relay;
  }

  /** This side's socket is attached to the session. */
  attached(): void {
    this.#online = true;
    this.#post(this.#relay?.attach() ?? []);
  }

  detached(): void {
    this.#online = false;
    this.#relay?.detach();
  }

  /** The other side came back: it may have missed the pairing's answer. */
  peerArrived(): void {
    if (this.#relay && !this.#relay.confirmed) this.#post(this.#relay.attach());
  }

  send(message: M): void {
    const envelope = this.#relay?.seal(message);
    if (envelope) this.#post([envelope]);
  }

  receive(envelope: RelayEnvelope): void {
    if (!this.#relay) return;
    try {
      const { send, messages, opened } = this.#relay.receive(envelope);
      this.#post(send);
      if (opened) this.events.opened();
      for (const message of messages) this.events.message(message);
      this.events.settled(opened);
    } catch (error) {
      this.events.tampered(error);
    }
  }

  #post(envelopes: RelayEnvelope[]): void {
    if (!this.#online) return;
    for (const envelope of envelopes) void this.#send(envelope);
  }

  async #send(envelope: RelayEnvelope): Promise<void> {
    const ack = await this.socket.request(this.event, { sessionId: this.sessionId, envelope });
    if (ack.ok) return;
    if (ack.error === 'failed') this.socket.replace();
    // What was refused leaves a gap, so the epoch is over; a new one begins when the server listens again.
    if (ack.error === 'limited') this.#again(ack.retryAt ?? 0);
  }

  /** Nothing is sent or understood any more. */
  close(): void {
    clearTimeout(this.#retry);
    this.#online = false;
    this.#relay = undefined;
  }

  #again(at: number): void {
    if (!this.#relay) return; // closed meanwhile
    this.#relay.detach();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#online && this.attached(), Math.max(at - Date.now(), 500));
  }
}
