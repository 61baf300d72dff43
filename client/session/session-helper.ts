/** The helper's place in a session: on the side whose computer is operated, or on the side that operates. */
import { TamperError } from '../../shared/crypto/errors';
import { MODE_RULES } from '../../shared/policy';
import type { SessionMessage } from '../../shared/protocol/channel';
import type { EndReason, IceConfig, Mode, Party } from '../../shared/protocol/common';
import type { HelperState } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import { HelperController } from './helper-controller.svelte';
import { HelperHost } from './helper-host.svelte';
import type { HelperHostDeps } from './helper-host-types';

/** What either end needs. */
export interface SessionHelperDeps extends Omit<HelperHostDeps, 'origin' | 'language'> {
  mode: Mode;
  /** This side's computer is the one that is shown, and operated. */
  sharer: boolean;
  ice(): IceConfig;
}

export class SessionHelper {
  readonly host: HelperHost | null = null;
  readonly controller: HelperController | null = null;

  constructor(deps: SessionHelperDeps) {
    if (!MODE_RULES[deps.mode].helper) return;
    if (deps.sharer) {
      const language = () => (document.documentElement.lang === 'ja' ? 'ja' : 'en');
      this.host = new HelperHost({ ...deps, origin: location.origin, language });
    } else {
      this.controller = new HelperController(deps);
    }
  }

  /** What is chosen is shown, so the helper's turn has come. */
  begin(): void {
    this.host?.begin();
    this.host?.surfacesChanged();
  }

  attached(): void {
    this.host?.attached();
    this.controller?.attached();
  }

  detached(): void {
    this.host?.detached();
    this.controller?.detached();
  }

  /** What the server says of it. */
  changed(state: HelperState): void {
    this.host?.changed(state);
    this.controller?.changed(state);
  }

  /** From the helper, over the server. */
  receive(envelope: RelayEnvelope): void {
    this.host?.receive(envelope);
    this.controller?.receive(envelope);
  }

  /** The host named its helper's key. @throws TamperError where nobody may */
  takeKey(key: string | null): void {
    if (!this.controller) throw new TamperError('unexpected');
    this.controller.setKey(key);
  }

  /** A message of the session's channel. @returns the answer to it, if there is one */
  message(message: Extract<SessionMessage, { t: 'request' | 'withheld' }>): SessionMessage | null {
    if (message.t === 'withheld') {
      this.controller?.withhold(message.grants);
      return null;
    }
    const { grant } = message;
    return { t: 'requested', grant, shown: this.host?.request(grant) ?? false };
  }

  close(by: Party, reason: EndReason): void {
    this.host?.close(by, reason);
    this.controller?.close(by, reason);
  }
}
