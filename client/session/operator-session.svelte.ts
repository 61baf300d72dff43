import { TamperError } from '../../shared/crypto/errors';
import { pairingOrigin } from '../../shared/crypto/origin';
import { SealedRelay } from '../../shared/crypto/relay';
import { MODE_RULES } from '../../shared/policy';
import type { Card, RelayMessage } from '../../shared/protocol/relay';
import type { Capture, Effect } from '../../shared/session/machine';
import { LiveSession, type SessionDeps } from './live-session.svelte';
import type { StoredOperator } from './stored';

/** The operator's side: issues the number, answers the pairing, and watches or shows. */
export class OperatorSession extends LiveSession<StoredOperator> {
  /** Epoch ms until which the number can be entered. */
  readonly expiresAt: number;
  #code = $state.raw<string | null>(null);
  #keptToWindows = $state(false);
  #share: string | undefined;

  constructor(deps: SessionDeps<StoredOperator>) {
    const { relay, expiresAt, issued } = deps.stored;
    super(deps, relay ? { at: 'pairing' } : { at: 'waiting', expiresAt });
    this.expiresAt = expiresAt;
    this.#code = issued?.code ?? null;
  }

  /** The session number while it can still be used. */
  get code(): string | null {
    return this.#code;
  }

  /** The customer shows chosen windows only, whoever wished it. */
  get keptToWindows(): boolean {
    return this.#keptToWindows;
  }

  /** Takes an unused number back. */
  withdraw(): void {
    if (this.phase.at !== 'waiting') return;
    // The server knows whether a customer was quicker.
    void this.socket.request('session:withdraw', { sessionId: this.id });
    this.finish('operator', 'withdrawn');
  }

  /** A customer redeemed the number; `share` is theirs. Also part of the snapshot after a reload. */
  joined(share: string): void {
    this.#share = share;
    this.dispatch({ type: 'joined' });
  }

  protected override snapshot(): RelayMessage[] {
    return [this.#ask(), this.#host(this.capture)];
  }

  protected override tellCapture(capture = this.capture): void {
    this.line.send(this.#host(capture));
  }

  protected override get card(): Card {
    return this.stored.card;
  }

  /** As the server opened it: of the customer's screen, or of this one where this one is shown. */
  override get windowsOnly(): boolean {
    return this.stored.windowsOnly ?? false;
  }

  protected override perform(effect: Effect): void {
    const { issued, ...rest } = this.stored;
    const share = this.#share;
    if (effect.do !== 'pair' || !issued || share === undefined) return;
    this.guard(() => {
      this.line.use(
        SealedRelay.forOperator(this.sodium, issued, pairingOrigin(location.origin), share, this.#ask()),
      );
      this.#code = null;
      this.stored = rest;
      this.remember({});
      this.line.attached();
    });
  }

  protected override onRelayMessage(message: RelayMessage): void {
    if (message.t !== 'state') throw new TamperError('unexpected');
    this.dispatch({ type: 'paired', card: null });
    if (message.consent !== 'granted') return;
    this.dispatch({ type: 'granted' });
    if (MODE_RULES[this.mode].sharer === 'customer') {
      this.#keptToWindows = message.windowsOnly;
      this.takePictures(message.pictures);
      this.dispatch({ type: 'capture', capture: message.capture });
    }
  }

  #host(capture: Capture): RelayMessage {
    return { t: 'host', capture, pictures: capture === 'on' ? this.ownPictures : undefined };
  }

  #ask(): RelayMessage {
    return { t: 'ask', card: this.stored.card, mode: this.mode, windowsOnly: this.windowsOnly };
  }
}
