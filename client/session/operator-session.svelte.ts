import { TamperError } from '../../shared/crypto/errors';
import { pairingOrigin } from '../../shared/crypto/origin';
import { SealedRelay } from '../../shared/crypto/relay';
import { MODE_RULES } from '../../shared/policy';
import type { IceConfig } from '../../shared/protocol/common';
import type { Card, RelayMessage } from '../../shared/protocol/relay';
import type { Capture, Effect } from '../../shared/session/machine';
import { LiveSession, type SessionDeps } from './live-session.svelte';
import type { StoredOperator } from './stored';

/** The operator's side: issues the number or asks in a chat, answers the pairing, and watches or shows. */
export class OperatorSession extends LiveSession<StoredOperator> {
  /** Epoch ms until which the number can be entered, or the customer may answer in the chat. */
  readonly expiresAt: number;
  #code = $state.raw<string | null>(null);
  #keptToWindows = $state(false);
  #share: string | undefined;

  constructor(deps: SessionDeps<StoredOperator>) {
    const { relay, expiresAt, issued, asked } = deps.stored;
    super(deps, relay && !asked ? { at: 'pairing' } : { at: 'waiting', expiresAt });
    this.expiresAt = expiresAt;
    this.#code = issued?.code ?? null;
  }

  /** The session number while it can still be used. */
  get code(): string | null {
    return this.#code;
  }

  /** The conversation it was asked for in, or null when it began with a number. */
  get chat(): string | null {
    return this.stored.chat ?? null;
  }

  /** Whom the customer is told to have on the other side. */
  get host(): Card {
    return this.stored.card;
  }

  /** The customer shows chosen windows only, whoever wished it. */
  get keptToWindows(): boolean {
    return this.#keptToWindows;
  }

  /** Takes an unused number, or a request, back. */
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

  override attached(ice: IceConfig, peerPresent: boolean): void {
    super.attached(ice, peerPresent);
    if (peerPresent) this.#agreed();
  }

  override peerChanged(present: boolean): void {
    super.peerChanged(present);
    if (present) this.#agreed();
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
    this.#agreed(); // they may have gone again before this page heard of them
    this.dispatch({ type: 'paired', card: null });
    if (message.consent !== 'granted') return;
    this.dispatch({ type: 'granted' });
    if (MODE_RULES[this.mode].sharer === 'customer') {
      this.#keptToWindows = message.windowsOnly;
      this.takePictures(message.pictures);
      this.dispatch({ type: 'capture', capture: message.capture });
    }
  }

  /** Asked in the chat: the customer is part of the session once they agreed, not before. */
  #agreed(): void {
    const { asked, ...rest } = this.stored;
    if (!asked) return;
    this.stored = rest;
    this.remember({});
    this.dispatch({ type: 'joined' });
  }

  #host(capture: Capture): RelayMessage {
    return { t: 'host', capture, pictures: capture === 'on' ? this.ownPictures : undefined };
  }

  #ask(): RelayMessage {
    return { t: 'ask', card: this.stored.card, mode: this.mode, windowsOnly: this.windowsOnly };
  }
}
