/**
 * The host's side of the native helper: hands it out, tells it what is shared, switches the grants. Runs in the page in
 * front of the computer that is operated; knows the secret, which the controller never does.
 */
import { toBase64 } from '../../shared/crypto/encoding';
import { HELPER_SECRET_BYTES, helperKeys, type HelperKeys } from '../../shared/crypto/helper-link';
import { SealedRelay } from '../../shared/crypto/relay';
import type { Sodium } from '../../shared/crypto/sodium';
import type { EndReason, Mode, Party, Side } from '../../shared/protocol/common';
import { HostLineMessage, type Grants, type HelperState, type Surface } from '../../shared/protocol/helper';
import type { Card, RelayEnvelope } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import { RelayLine } from './relay-line';

export interface HelperHostDeps {
  sodium: Sodium;
  socket: ServerSocket;
  sessionId: string;
  side: Side;
  mode: Mode;
  /** Of an earlier page of this session, or of the helper that opened this one. */
  secret?: Uint8Array;
  card(): Card;
  windowsOnly(): boolean;
  surfaces(): Surface[];
  /** Gives the controller's browser its key, or tells it that there is no helper any more. */
  tellKey(key: string | null): void;
  /** Keeps the secret over a reload. */
  remember(secret: Uint8Array | null): void;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
}

export class HelperHost {
  #state = $state.raw<HelperState['state']>('none');
  #grants = $state.raw<Grants>({ input: false, clipboard: false });
  readonly #line: RelayLine<HostLineMessage>;
  #keys: HelperKeys | undefined;

  constructor(private readonly deps: HelperHostDeps) {
    this.#line = new RelayLine<HostLineMessage>(
      deps.socket,
      deps.sessionId,
      {
        message: (message) => this.#onMessage(message),
        opened: () => this.#sendConfig(),
        settled: () => undefined,
        tampered: () => deps.ended(deps.side, 'tampered'),
      },
      'helper:relay',
    );
    if (deps.secret) this.#use(deps.secret);
  }

  get state(): HelperState['state'] {
    return this.#state;
  }
  get grants(): Grants {
    return this.#grants;
  }

  /** The controller's key as the relay's snapshot carries it; null while there is no helper. */
  get peerKey(): string | null {
    return this.#keys ? toBase64(this.deps.sodium, this.#keys.peerKey) : null;
  }

  /** Makes a secret and announces its rendezvous; the file's name or the link hands it over. */
  offer(): void {
    this.#use(this.deps.sodium.randombytes_buf(HELPER_SECRET_BYTES));
  }

  /** What the server says of it. */
  changed(state: HelperState): void {
    this.#state = state.state;
  }

  receive(envelope: RelayEnvelope): void {
    this.#line.receive(envelope);
  }

  /** This page's socket is attached to the session (again). */
  attached(): void {
    this.#line.attached();
  }

  detached(): void {
    this.#line.detached();
  }

  /** The captured surfaces changed. */
  surfacesChanged(): void {
    this.#sendConfig();
  }

  /** The session is over. */
  close(by: Party, reason: EndReason): void {
    this.#line.send({ t: 'end', by, reason });
    this.#line.close();
  }

  #use(secret: Uint8Array): void {
    const { sodium } = this.deps;
    this.#keys = helperKeys(sodium, secret);
    const saved = { side: 'operator' as const, key: toBase64(sodium, this.#keys.hostKey) };
    this.#line.use(SealedRelay.of(sodium, saved, HostLineMessage));
    this.deps.remember(secret);
    this.deps.tellKey(this.peerKey);
  }

  #sendConfig(): void {
    // Filled by what the page knows; see HostLineMessage.
  }

  #onMessage(message: HostLineMessage): void {
    if (message.t === 'grants') this.#grants = message.grants;
    if (message.t === 'end') this.deps.ended(message.by, message.reason);
  }
}
