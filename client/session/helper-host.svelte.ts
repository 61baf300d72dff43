/**
 * The host's side of the native helper: hands it out, tells it what is shared, switches the grants. Runs in the page in
 * front of the computer that is operated; knows the secret, which the controller never does.
 */
import { toBase64 } from '../../shared/crypto/encoding';
import { TamperError } from '../../shared/crypto/errors';
import { MODE_RULES } from '../../shared/policy';
import type { EndReason, Party } from '../../shared/protocol/common';
import type { HelperState, HostLineMessage } from '../../shared/protocol/helper';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import { GrantSwitches, browserSenses, type GrantName } from './grant-switches.svelte';
import { helperEndReason } from './helper-ends';
import { readyOf, type HelperHostDeps, type HostStatus, type OfferEnd } from './helper-host-types';
import { HelperOffer } from './helper-offer.svelte';
import { operableOf, type Operable } from './helper-operable';
import { Withholding } from './helper-withholding';
import { HostLine } from './host-line';

export class HelperHost {
  #status = $state.raw<HostStatus>({ at: 'none' });
  #paused = $state(false);
  readonly switches: GrantSwitches;
  readonly #line: HostLine;
  readonly #offer: HelperOffer;
  /** What the server said last; undefined while this page is not attached. */
  #heard: HelperState['state'] | undefined;
  readonly #withholding: Withholding;

  constructor(private readonly deps: HelperHostDeps) {
    const { stored, mode } = deps;
    this.#withholding = new Withholding((grants) => deps.tellController({ t: 'withheld', grants }));
    this.#offer = new HelperOffer(deps, stored, (why) => this.#status.at === 'waiting' && this.#expire(why));
    this.#line = new HostLine(deps, () => this.switches.wished, {
      message: (message) => this.#onMessage(message),
      opened: () => this.switches.opened(),
      tampered: () => deps.ended(deps.side, 'tampered'),
    });
    this.switches = new GrantSwitches(
      MODE_RULES[mode].clipboard,
      stored?.grants,
      {
        send: (message) => this.#line.send(message),
        changed: (grants) => this.#offer.keepGrants(grants),
        owedChanged: () => this.#tellWithheld(),
      },
      deps.senses ?? browserSenses(deps.sessionId),
    );
    if (stored?.at === 'dismissed') this.#status = { at: 'dismissed', told: true };
    else if (stored) this.#takeUp();
  }

  get status(): HostStatus {
    return this.#status;
  }
  /** The person's own mouse or keyboard keeps remote input away at the moment. */
  get paused(): boolean {
    return this.#paused;
  }
  /** The server takes no offers at the moment: what was handed out cannot be used yet. */
  get held(): boolean {
    return this.#offer.held;
  }
  /** Which of the pictures can be operated. */
  get operable(): Operable {
    return operableOf(this.deps.surfaces());
  }
  /** The controller's key as the relay's snapshot carries it; null while there is no helper. */
  get peerKey(): string | null {
    const keys = this.#offer.keys;
    return keys ? toBase64(this.deps.sodium, keys.peerKey) : null;
  }

  /** The picture is there, so the helper's turn has come: hands it out, unless that was done before. */
  begin(): void {
    if (this.#status.at === 'none') this.offer();
  }

  /** Makes a new secret and announces its rendezvous; the file's name or the link hands it over. */
  offer(): void {
    this.#line.use(this.#offer.make(this.switches.wished).hostKey);
    this.#status = { at: 'waiting', token: this.#offer.token, adopted: false };
    this.deps.tellKey(this.peerKey);
    this.#tellWithheld();
  }

  /** Goes on without the helper; one that is there is sent away. */
  dismiss(): void {
    this.#line.send({ t: 'dismiss' });
    this.#drop({ at: 'dismissed', told: this.#reached });
    this.#offer.dismiss(this.switches.wished);
    void this.#sendAway();
  }

  /** What the server says of it; also part of every snapshot. */
  changed({ state }: HelperState): void {
    this.#heard = state;
    if (this.#status.at === 'dismissed') {
      if (state !== 'none') void this.#sendAway();
    } else if (this.#status.at === 'expired') {
      this.#afterExpiry(state);
    } else if (this.#offer.keys) {
      this.#follow(state);
    }
  }
  receive(envelope: RelayEnvelope): void {
    this.#line.receive(envelope);
  }

  /** This page's socket is attached to the session (again); the server's snapshot of the helper follows. */
  attached(): void {
    this.#offer.attached();
  }

  detached(): void {
    this.#offer.detached();
    this.#heard = undefined;
    this.#interrupted();
    if (this.#status.at === 'attached') this.#status = { at: 'away', ready: this.#status.ready };
  }

  /** The link to the controller's browser is up, first or again. */
  linkUp(): void {
    this.#withholding.linkUp();
    this.#tellWithheld();
  }

  /** The captured surfaces may have changed. */
  surfacesChanged(): void {
    this.#line.surfacesChanged();
  }

  /** The controller asks for a grant (SessionMessage `request`). @returns whether the person sees it */
  request(name: GrantName): boolean {
    return this.#status.at === 'attached' && this.switches.ask(name);
  }

  /** The session is over. */
  close(by: Party, reason: EndReason): void {
    this.#line.send({ t: 'end', by, reason });
    this.#offer.drop();
    this.switches.close();
    this.#line.close();
    this.#status = { at: 'none' };
  }

  #follow(state: HelperState['state']): void {
    const status = this.#status;
    const ready = status.at === 'attached' || status.at === 'away' ? status.ready : null;
    if (state === 'offered') {
      if (status.at === 'waiting') this.#offer.stands();
    } else if (state === 'none') {
      if (this.#offer.given?.met) this.#drop({ at: 'gone' });
      else this.#offer.missing();
    } else {
      this.#offer.met();
      this.switches.came();
      this.#status = { at: state, ready };
      if (state === 'attached') this.#line.attached();
      else this.#interrupted();
    }
  }

  /** Given up here; but the server may have let the helper in at the last moment, or not have heard of it. */
  #afterExpiry(state: HelperState['state']): void {
    if (state === 'offered') {
      void this.#offer.withdraw();
    } else if (state !== 'none') {
      this.#takeUp();
      this.deps.tellKey(this.peerKey);
      this.#follow(state);
      this.#tellWithheld();
    }
  }

  #expire(why: OfferEnd): void {
    this.#drop({ at: 'expired', why });
    void this.#offer.withdraw();
  }

  /** What the server does reaches the helper only while that is attached too. */
  async #sendAway(): Promise<void> {
    const reached = this.#reached;
    const sent = await this.#offer.withdraw();
    if (this.#status.at === 'dismissed') this.#status = { at: 'dismissed', told: sent && reached };
  }

  /** Page and helper are attached to the server, or there is no helper yet. */
  get #reached(): boolean {
    return this.#heard !== undefined && this.#heard !== 'away';
  }

  #takeUp(): void {
    const { given } = this.#offer;
    if (!given) return;
    this.#line.use(this.#offer.takeUp(given).hostKey);
    if (given.met) {
      this.#status = { at: 'away', ready: null };
      this.switches.came();
    } else {
      this.#status = { at: 'waiting', token: this.#offer.token, adopted: given.adopted };
    }
  }

  /** Nothing reaches the helper at the moment: its epoch is over. */
  #interrupted(): void {
    this.#line.detached();
    this.switches.interrupted();
    this.#paused = false;
  }

  /** There is no helper any more, as far as this page can see. */
  #drop(status: HostStatus): void {
    this.#offer.drop();
    this.#line.forget();
    this.switches.gone();
    this.#paused = false;
    this.#status = status;
    this.deps.tellKey(null);
    this.#tellWithheld();
  }

  /** What the controller's page must not use, whatever the helper told it before: it hears of it faster, or at all. */
  #tellWithheld(): void {
    const over = ['expired', 'gone', 'dismissed'].includes(this.#status.at);
    this.#withholding.tell(over ? this.switches.names : this.switches.owed);
  }

  #onMessage(message: HostLineMessage): void {
    switch (message.t) {
      case 'ready':
        this.#status = { at: 'attached', ready: readyOf(message) };
        return;
      case 'grants':
        this.switches.told(message.grants);
        return;
      case 'guarding':
        this.switches.guarding(message.on);
        return;
      case 'paused':
        this.#paused = message.on;
        return;
      case 'end':
        // It speaks for this side only, whatever it says.
        this.deps.ended(this.deps.side, helperEndReason(message.reason));
        return;
      default:
        throw new TamperError('unexpected'); // only this page says these
    }
  }
}
