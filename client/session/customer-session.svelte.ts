import { TamperError } from '../../shared/crypto/errors';
import type { CustomerPairing } from '../../shared/crypto/pairing';
import { SealedRelay } from '../../shared/crypto/relay';
import { MODE_RULES } from '../../shared/policy';
import type { IceConfig } from '../../shared/protocol/common';
import type { CustomerSnapshot, Host } from '../../shared/protocol/customer';
import type { Card, RelayMessage } from '../../shared/protocol/relay';
import type { Capture, Effect, Phase } from '../../shared/session/machine';
import { canCapture } from '../media/capture';
import { LiveSession, type SessionDeps } from './live-session.svelte';

import type { StoredCustomer } from './stored';

type Deps = SessionDeps<StoredCustomer>;

/** The customer's side: decides, and shows or watches. */
export class CustomerSession extends LiveSession<StoredCustomer> {
  readonly host: Host;
  /** False on phones and others whose browser cannot share a screen. */
  readonly canShare = canCapture();
  /** Wished by the administrator, the operator or the customer; nobody takes it back. */
  #windowsOnly = $state(false);

  private constructor(deps: Deps, from: Phase, pairing?: CustomerPairing) {
    super(deps, from);
    this.host = deps.stored.host;
    this.#windowsOnly = deps.stored.windowsOnly ?? false;
    if (pairing) this.line.use(SealedRelay.forCustomer(deps.sodium, pairing));
  }

  static joined(deps: Deps, pairing: CustomerPairing): CustomerSession {
    return new CustomerSession(deps, { at: 'pairing' }, pairing);
  }

  /** To be agreed to in the chat, where both sides have a key already: `allow` follows in the same click. */
  static asked(deps: Omit<Deps, 'fresh'>): CustomerSession {
    const { operator, company } = deps.stored.host;
    return new CustomerSession({ ...deps, fresh: true }, { at: 'consent', card: { operator, company } });
  }

  /** After a reload. A screen that was shared must be chosen again: the browser asks anew. */
  static restored(deps: Deps): CustomerSession {
    const { host, granted, mode, taken } = deps.stored;
    const card = { operator: host.operator, company: host.company };
    if (!granted || taken) return new CustomerSession(deps, { at: 'consent', card });
    const sharing = MODE_RULES[mode].sharer === 'customer';
    return new CustomerSession(
      deps,
      sharing ? { at: 'picking', capture: 'none' } : { at: 'connecting', since: Date.now() },
    );
  }

  /** It began in the helper, and goes on here only after a click. */
  get taken(): boolean {
    return this.stored.taken ?? false;
  }

  /** It was asked for in a chat, which goes on beside it. */
  get inChat(): boolean {
    return this.stored.chat !== undefined;
  }

  /** What the server says of a session whose names and mode came by another way: it must be the same. */
  compare({ host, mode }: Pick<CustomerSnapshot, 'host' | 'mode'>): void {
    const same =
      host.operator === this.host.operator && host.company === this.host.company && mode === this.mode;
    if ((this.taken || this.inChat) && !same) this.finish('customer', 'tampered');
  }

  /** Consent given while the server was away is told as soon as it is back; it keeps the first. */
  override attached(ice: IceConfig, peerPresent: boolean): void {
    super.attached(ice, peerPresent);
    if (this.stored.granted && this.phase.at !== 'ended') this.#tellConsent(true);
  }

  /** @param windowsOnly the customer's own wish: only windows that they choose may be seen (RS-115) */
  allow(windowsOnly = false): void {
    if (this.phase.at !== 'consent') return;
    if (MODE_RULES[this.mode].sharer === 'customer' && !this.canShare) {
      this.finish('customer', 'unsupported');
      return;
    }
    if (windowsOnly) this.keepToWindows();
    this.remember({ granted: true, taken: false });
    this.dispatch({ type: 'granted' });
  }

  decline(): void {
    this.dispatch({ type: 'declined' });
  }

  protected override snapshot(): RelayMessage[] {
    return [this.#message()];
  }

  protected override tellCapture(capture?: Capture): void {
    this.line.send(this.#message(capture));
  }

  protected override get card(): Card {
    return this.host;
  }

  override get windowsOnly(): boolean {
    return this.#windowsOnly;
  }

  /** From now on only chosen windows may be shown (RS-114, RS-117). */
  keepToWindows(): void {
    if (this.#windowsOnly) return;
    this.#windowsOnly = true;
    this.remember({ windowsOnly: true });
  }

  protected override perform(effect: Effect): void {
    if (effect.do !== 'tellConsent') return;
    this.#tellConsent(effect.granted);
    this.line.send(this.#message());
  }

  protected override onRelayMessage(message: RelayMessage): void {
    switch (message.t) {
      case 'ask': {
        const { card, mode, windowsOnly } = message;
        // The server and the operator must name the same people and the same mode.
        if (
          card.operator !== this.host.operator ||
          card.company !== this.host.company ||
          mode !== this.mode
        ) {
          throw new TamperError('mismatch');
        }
        if (windowsOnly) this.keepToWindows();
        this.dispatch({ type: 'paired', card });
        return;
      }
      case 'host':
        if (MODE_RULES[this.mode].sharer === 'operator') {
          this.takePictures(message.pictures);
          this.dispatch({ type: 'capture', capture: message.capture });
        }
        return;
      default:
        throw new TamperError('unexpected');
    }
  }

  #tellConsent(granted: boolean): void {
    void this.socket.request('session:consent', { sessionId: this.id, granted });
  }

  #message(capture = this.capture): RelayMessage {
    return {
      t: 'state',
      consent: this.stored.granted ? 'granted' : 'reading',
      capture,
      pictures: capture === 'on' ? this.ownPictures : undefined,
      windowsOnly: this.windowsOnly,
    };
  }
}
