/** The host line: the page in front of the operated computer ⇄ its helper, sealed with hostKey, over the server. */
import { toBase64 } from '../../shared/crypto/encoding';
import { SealedRelay } from '../../shared/crypto/relay';
import { HostLineMessage, type Grants } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import type { HelperHostDeps } from './helper-host-types';
import { RelayLine } from './relay-line';

/** Who is told what happens on the line. */
export interface HostLineEvents {
  /** @throws TamperError when the helper has no business saying this */
  message(message: HostLineMessage): void;
  /** An epoch began, and the helper knows what is shared. */
  opened(): void;
  tampered(): void;
}

type LineDeps = Pick<
  HelperHostDeps,
  'sodium' | 'socket' | 'sessionId' | 'mode' | 'card' | 'language' | 'windowsOnly' | 'surfaces'
>;

/** Opens with `config`, which it repeats when the surfaces change. */
export class HostLine {
  readonly #line: RelayLine<HostLineMessage>;
  #keyed = false;
  /** The surfaces as the helper knows them; empty while no epoch is open. */
  #toldSurfaces = '';

  /** @param wished the grants a new helper begins with */
  constructor(
    private readonly deps: LineDeps,
    private readonly wished: () => Grants,
    events: HostLineEvents,
  ) {
    this.#line = new RelayLine<HostLineMessage>(
      deps.socket,
      deps.sessionId,
      {
        message: (message) => events.message(message),
        opened: () => {
          this.#configure();
          events.opened();
        },
        settled: () => undefined,
        tampered: () => events.tampered(),
      },
      'helper:relay',
    );
  }

  /** Talks to the helper that has this key, and to no other any more. */
  use(hostKey: Uint8Array): void {
    const { sodium } = this.deps;
    const saved = { side: 'operator' as const, key: toBase64(sodium, hostKey) };
    this.#line.use(SealedRelay.of(sodium, saved, HostLineMessage));
    this.#keyed = true;
  }

  /** There is nobody to talk to. */
  forget(): void {
    this.detached();
    this.#keyed = false;
  }

  send(message: HostLineMessage): void {
    this.#line.send(message);
  }

  receive(envelope: RelayEnvelope): void {
    if (this.#keyed) this.#line.receive(envelope);
  }

  /** Both this page and the helper are attached to the server. */
  attached(): void {
    this.#line.attached();
  }

  /** Nothing reaches the helper: the epoch is over. */
  detached(): void {
    this.#line.detached();
    this.#toldSurfaces = '';
  }

  /** The captured surfaces may have changed. */
  surfacesChanged(): void {
    if (this.#toldSurfaces && JSON.stringify(this.deps.surfaces()) !== this.#toldSurfaces) this.#configure();
  }

  close(): void {
    this.#keyed = false;
    this.#line.close();
  }

  #configure(): void {
    const { deps } = this;
    const surfaces = deps.surfaces();
    this.#toldSurfaces = JSON.stringify(surfaces);
    this.send({
      t: 'config',
      language: deps.language(),
      card: deps.card(),
      mode: deps.mode,
      windowsOnly: deps.windowsOnly(),
      surfaces,
      grants: this.wished(),
    });
  }
}
