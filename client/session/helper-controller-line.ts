/**
 * The peer line: the controller's browser ⇄ the helper, sealed with peerKey, over the server. Links are arranged on it;
 * when there is none, this side asks for one, soon and then ever later.
 */
import { z } from '../../shared/protocol/zod';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import { IceConfig } from '../../shared/protocol/common';
import { PeerLineMessage } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelinkClock } from './helper-controller-relink';
import { RelayLine } from './relay-line';

export interface ControllerLineDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'request' | 'replace'>;
  sessionId: string;
  /** Relay credentials as the session has them. */
  ice(): IceConfig;
}

export interface ControllerLineEvents {
  message(message: PeerLineMessage): void;
  tampered(): void;
  /** There is a link meanwhile: nothing needs to be asked for. */
  linked(): boolean;
}

export class ControllerLine {
  #line: RelayLine<PeerLineMessage> | null = null;
  #online = true;
  #ice: IceConfig | null = null;
  /** When to ask for another link. */
  readonly clock = new RelinkClock();

  constructor(
    private readonly deps: ControllerLineDeps,
    private readonly events: ControllerLineEvents,
  ) {}

  /** Relay credentials for the next link, the newest there are. */
  get ice(): IceConfig {
    return this.#ice ?? this.deps.ice();
  }

  /** @param key peerKey as base64url */
  open(key: string): void {
    const { sodium, socket, sessionId } = this.deps;
    const line = new RelayLine<PeerLineMessage>(
      socket,
      sessionId,
      {
        message: (message) => this.events.message(message),
        opened: () => this.clock.opened(Date.now()),
        settled: () => undefined,
        tampered: () => this.events.tampered(),
      },
      'helper:relay',
    );
    line.use(SealedRelay.of(sodium, { side: 'operator', key }, PeerLineMessage));
    this.#line = line;
    if (this.#online) line.attached();
  }

  close(): void {
    this.#line?.close();
    this.#line = null;
    this.clock.stop();
  }

  send(message: PeerLineMessage): void {
    this.#line?.send(message);
  }

  receive(envelope: RelayEnvelope): void {
    this.#line?.receive(envelope);
  }

  attached(): void {
    this.#online = true;
    this.#line?.attached();
  }

  detached(): void {
    this.#online = false;
    this.#line?.detached();
  }

  /** Once a second while there is no link. */
  tick(): void {
    if (this.#line && this.#online && this.clock.due(Date.now())) void this.#ask();
  }

  /** With relay credentials that are still good: the old ones may be why there is no link. */
  async #ask(): Promise<void> {
    const { socket, sessionId } = this.deps;
    const ack = await socket.request('session:ice', { sessionId }, z.object({ ice: IceConfig }), 3000);
    if (ack.ok) this.#ice = ack.ice;
    if (!this.events.linked()) this.send({ t: 'relink' });
  }
}
