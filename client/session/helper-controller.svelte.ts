/**
 * The controller's side of the native helper: the link over which pointer, keys and clipboard go, peer to peer. Runs in
 * the browser of whoever operates; it has peerKey only. What it may do is asked of `policy.may`, of the helper's grants and
 * of what the host's page withholds here, and by the helper once more.
 */
import { fromBase64 } from '../../shared/crypto/encoding';
import { may } from '../../shared/policy';
import { otherSide, type EndReason, type Mode, type Party, type Side } from '../../shared/protocol/common';
import type { Grants, HelperState, PeerLineMessage } from '../../shared/protocol/helper';
import type { ClipboardMessage, HelperSessionMessage, InputMessage } from '../../shared/protocol/input';
import type { RelayEnvelope } from '../../shared/protocol/relay';
import { ClipboardChannel, type ClipboardSent } from './helper-controller-clipboard-channel';
import { ControllerLine, type ControllerLineDeps } from './helper-controller-line';
import { HelperLink, type HelperLinkEvents, type HelperSignal } from './helper-controller-link';
import { LinkKeeper, type ControllerLink, type HelperLinkState } from './helper-controller-keeper.svelte';
import { helperEndReason } from './helper-ends';

export interface HelperControllerDeps extends ControllerLineDeps {
  side: Side;
  mode: Mode;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
  /** A link, unless a test puts something else in its place. */
  makeLink?: (offer: HelperSignal, events: HelperLinkEvents) => ControllerLink;
}

/** What the helper says of itself, newest. */
export type HelperStatus = Extract<HelperSessionMessage, { t: 'status' }>;

const NOTHING: Grants = { input: false, clipboard: false };

export class HelperController {
  /** Told of each whole text that the other side copied. Set by whoever shows the picture. */
  onclipboard: ((text: string) => void) | null = null;

  #state = $state.raw<HelperState['state']>('none');
  /** The last word of this link, kept while the link is silent. */
  #status = $state.raw<HelperStatus | null>(null);
  #withheld = $state.raw<Grants>(NOTHING);
  #dropped = 0;
  #key: string | null = null;
  readonly #line: ControllerLine;
  readonly #links: LinkKeeper;
  readonly #clipboard = new ClipboardChannel({ may: () => this.canClipboard, link: () => this.#links.link });
  readonly #mayInput: boolean;
  readonly #mayClipboard: boolean;

  constructor(private readonly deps: HelperControllerDeps) {
    this.#mayInput = may(deps.mode, deps.side, 'input');
    this.#mayClipboard = may(deps.mode, deps.side, 'clipboard');
    this.#line = new ControllerLine(deps, {
      message: (message) => this.#onMessage(message),
      tampered: () => deps.ended(deps.side, 'tampered'),
      linked: () => this.link === 'up',
    });
    this.#links = new LinkKeeper(this.#line, (offer, events) => this.#makeLink(offer, events), {
      message: (message) => this.#onSession(message),
      clipboard: (message) => this.#onClipboard(message),
      clipboardReady: () => this.#clipboard.more(),
      over: () => {
        this.#status = null;
        this.#clipboard.forget();
        this.#clipboard.settle();
      },
      silent: () => this.#clipboard.settle(),
      dropped: () => {
        this.#dropped++;
      },
      givenUp: () => this.#line.send({ t: 'end', by: deps.side, reason: 'tampered' }),
    });
  }

  /** What the server says of the helper. */
  get state(): HelperState['state'] {
    return this.#state;
  }
  get link(): HelperLinkState {
    return this.#links.state;
  }
  /** Null while there is no link; without the grants that the host's page withholds. */
  get status(): HelperStatus | null {
    const status = this.#status;
    if (this.link !== 'up' || !status) return null;
    const { input, clipboard } = this.#withheld;
    if (!input && !clipboard) return status;
    const { grants } = status;
    return {
      ...status,
      grants: { input: grants.input && !input, clipboard: grants.clipboard && !clipboard },
    };
  }
  /** Messages of the helper that changed nothing: not verified, out of turn, or not allowed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether pointer and keys may be sent now; the helper may still drop them (`status`). */
  get canInput(): boolean {
    const { status } = this;
    return this.#mayInput && status !== null && status.grants.input && status.reason === '';
  }
  /** Whether this mode knows a clipboard at all. */
  get mayClipboard(): boolean {
    return this.#mayClipboard;
  }
  get canClipboard(): boolean {
    return this.#mayClipboard && this.status?.grants.clipboard === true;
  }

  /** The host's browser names the key, again after each reconnect; null: there is no helper (any more). */
  setKey(key: string | null): void {
    if (key === this.#key) return;
    this.#dropLine();
    this.#key = key;
    if (key === null) return;
    this.#links.begin();
    this.#line.open(key);
  }

  /** What the server says of it. */
  changed({ state }: HelperState): void {
    this.#state = state;
  }

  /** What the host's page switched off, whatever the helper has heard of it. */
  withhold(grants: Grants): void {
    // While it still may: nothing stays pressed there.
    if (grants.input) this.input({ t: 'release' });
    this.#withheld = grants;
    if (!this.canClipboard) this.#clipboard.forget();
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

  /**
   * Sends one event to the helper before it returns.
   * @returns false when it may not or cannot be sent; nothing was sent then
   */
  input(message: InputMessage): boolean {
    const { link } = this.#links;
    if (!this.canInput || !link?.takesInput) return false;
    link.input(message);
    return true;
  }

  /** Bytes of input that wait to be sent. */
  get inputBuffered(): number {
    return this.#links.link?.inputBuffered ?? 0;
  }

  /** Puts a text into the other side's clipboard; a newer text takes the place of one still being sent. */
  sendClipboard(text: string): ClipboardSent {
    return this.#clipboard.send(text);
  }

  /**
   * Settles when the helper has answered everything that was sent until now, the clipboard included; at once without a
   * link.
   */
  answered(): Promise<void> {
    return this.#links.link?.up ? this.#clipboard.arrived() : Promise.resolve();
  }

  /** The session is over: nothing is sent any more. */
  close(by: Party, reason: EndReason): void {
    this.#links.goodbye(by, reason);
    this.#line.send({ t: 'end', by, reason });
    this.#dropLine();
  }

  #onMessage(message: PeerLineMessage): void {
    switch (message.t) {
      case 'signal':
        this.#links.signal(message);
        return;
      case 'end':
        this.#onEnd(message.reason);
        return;
      case 'relink':
        this.#dropped++; // ours to say
    }
  }

  #makeLink(offer: HelperSignal, events: HelperLinkEvents): ControllerLink {
    const { sodium, makeLink } = this.deps;
    const key = fromBase64(sodium, this.#key ?? '');
    return makeLink ? makeLink(offer, events) : new HelperLink(sodium, key, this.#line.ice, offer, events);
  }

  #onSession(message: HelperSessionMessage): void {
    switch (message.t) {
      case 'ping':
        this.#links.link?.say({ t: 'pong', at: message.at });
        return;
      case 'pong':
        this.#links.onPong();
        this.#clipboard.onPong(message.at);
        return;
      case 'status':
        this.#status = message;
        if (!this.canClipboard) this.#clipboard.forget();
        return;
      case 'end':
        this.#onEnd(message.reason);
    }
  }

  /** A helper speaks for the side whose computer it is on, whatever it says. */
  #onEnd(reason: EndReason): void {
    this.deps.ended(otherSide(this.deps.side), helperEndReason(reason));
  }

  #onClipboard(message: ClipboardMessage): void {
    if (!this.canClipboard) {
      this.#dropped++;
      return;
    }
    const text = this.#clipboard.take(message);
    if (text !== null) this.onclipboard?.(text);
  }

  #dropLine(): void {
    this.#links.stop();
    this.#line.close();
    this.#key = null;
  }
}
