/**
 * The controller's side of the native helper: the link over which pointer, keys and clipboard go, peer to peer. Runs in
 * the browser of whoever operates; it has peerKey only.
 */
import { fromBase64, toBase64 } from '../../shared/crypto/encoding';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import type { EndReason, IceConfig, Mode, Party, Side } from '../../shared/protocol/common';
import { PeerLineMessage, type HelperState } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';

export interface HelperControllerDeps {
  sodium: Sodium;
  socket: ServerSocket;
  sessionId: string;
  side: Side;
  mode: Mode;
  ice(): IceConfig;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
}

export class HelperController {
  #state = $state.raw<HelperState['state']>('none');
  #key: string | null = null;
  #online = true;
  #line: RelayLine<PeerLineMessage> | null = null;

  constructor(private readonly deps: HelperControllerDeps) {}

  get state(): HelperState['state'] {
    return this.#state;
  }

  /** The host's browser names the key, again after each reconnect; null: there is no helper (any more). */
  setKey(key: string | null): void {
    if (key === this.#key) return;
    this.#key = key;
    this.#line?.close();
    this.#line = null;
    if (key === null) return;
    const { sodium, socket, sessionId } = this.deps;
    const saved = { side: 'operator' as const, key: toBase64(sodium, fromBase64(sodium, key)) };
    this.#line = new RelayLine<PeerLineMessage>(
      socket,
      sessionId,
      {
        message: (message) => this.#onMessage(message),
        opened: () => undefined,
        settled: () => undefined,
        tampered: () => this.deps.ended(this.deps.side, 'tampered'),
      },
      'helper:relay',
    );
    this.#line.use(SealedRelay.of(sodium, saved, PeerLineMessage));
    if (this.#online) this.#line.attached();
  }

  /** What the server says of it. */
  changed(state: HelperState): void {
    this.#state = state.state;
  }

  receive(envelope: RelayEnvelope): void {
    this.#line?.receive(envelope);
  }

  /** This page's socket is attached to the session (again). */
  attached(): void {
    this.#online = true;
    this.#line?.attached();
  }

  detached(): void {
    this.#online = false;
    this.#line?.detached();
  }

  /** The session is over: nothing is sent any more. */
  close(by: Party, reason: EndReason): void {
    this.#line?.send({ t: 'end', by, reason });
    this.#line?.close();
    this.#line = null;
  }

  #onMessage(message: PeerLineMessage): void {
    if (message.t === 'end') this.deps.ended(message.by, message.reason);
  }
}
