/**
 * Keeps a link with the helper: answers its offers, notices silence and the end of it, and takes another link in the place
 * of one that did not verify, though not for ever.
 */
import type { EndReason, Party } from '../../shared/protocol/common';
import type { HelperLink, HelperLinkEvents, HelperSignal } from './helper-controller-link';
import type { ControllerLine } from './helper-controller-line';
import { PING_LOST_MS, TICK_MS } from './timing';

/** What is needed of one link. */
export type ControllerLink = Pick<HelperLink, keyof HelperLink>;

/** `none`: no key or nothing offered yet. `tampered`: links did not verify again and again, so none is made any more. */
export type HelperLinkState = 'none' | 'connecting' | 'up' | 'lost' | 'tampered';

/** Told what happens on the present link, never on an older one. */
export interface KeeperEvents extends Pick<HelperLinkEvents, 'message' | 'clipboard' | 'clipboardReady'> {
  /** Nothing is known of the helper any more: the link is gone, or another one begins. */
  over(): void;
  /** The link is silent: nobody answers for now. */
  silent(): void;
  /** Something was dropped: it did not verify, or nobody had asked for it. */
  dropped(): void;
  /** The last link that is made did not verify either. */
  givenUp(): void;
}

/** How long a goodbye may take to leave the channel, in milliseconds. */
const GOODBYE_MS = 150;
/** So often a link that did not verify is made anew. */
export const MAX_TAMPERED = 3;

export class LinkKeeper {
  #state = $state.raw<HelperLinkState>('none');
  #link: ControllerLink | null = null;
  #lastPong = 0;
  #tampered = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly line: ControllerLine,
    private readonly make: (offer: HelperSignal, events: HelperLinkEvents) => ControllerLink,
    private readonly events: KeeperEvents,
  ) {}

  get state(): HelperLinkState {
    return this.#state;
  }
  get link(): ControllerLink | null {
    return this.#link;
  }

  /** There is a helper: links are made from now on. */
  begin(): void {
    this.#tampered = 0;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** There is none any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#drop('none');
  }

  signal(signal: HelperSignal): void {
    const { type } = signal.data;
    if (this.#state === 'tampered') this.events.dropped();
    else if (type === 'offer') this.#answer(signal);
    else if (type === 'candidate' && signal.link === this.#link?.id) this.#link.signal(signal);
    else this.events.dropped();
  }

  /** The helper answered a ping: the link lives. */
  onPong(): void {
    this.#lastPong = Date.now();
    if (this.#state === 'lost') this.#onUp();
  }

  /** Says the last word, and lets it leave before the link is torn down. */
  goodbye(by: Party, reason: EndReason): void {
    const link = this.#link;
    this.#link = null;
    link?.say({ t: 'end', by, reason });
    setTimeout(() => link?.close(), GOODBYE_MS);
  }

  #answer(offer: HelperSignal): void {
    this.#drop('connecting');
    this.line.clock.offered(Date.now());
    const ours = (act: () => void) => () => this.#link === link && act();
    const link: ControllerLink = this.make(offer, {
      send: (signal) => this.line.send(signal),
      up: ours(() => this.#onUp()),
      down: ours(() => this.#onLost()),
      dead: ours(() => this.#onLost()),
      message: (message) => this.#link === link && this.events.message(message),
      clipboard: (message) => this.#link === link && this.events.clipboard(message),
      clipboardReady: ours(() => this.events.clipboardReady()),
      tampered: ours(() => this.#onTampered()),
    });
    this.#link = link;
  }

  #onUp(): void {
    this.#state = 'up';
    this.#lastPong = Date.now();
    this.line.clock.up(Date.now());
    this.#ping();
  }

  #onLost(): void {
    if (this.#state !== 'up' && this.#state !== 'connecting') return;
    this.#state = 'lost';
    this.line.clock.lost(Date.now());
    this.events.silent();
  }

  #onTampered(): void {
    this.events.dropped();
    this.#tampered++;
    const last = this.#tampered > MAX_TAMPERED;
    this.#drop(last ? 'tampered' : 'lost');
    if (last) this.events.givenUp();
    else this.line.clock.lost(Date.now());
  }

  #tick(): void {
    if (this.#state === 'tampered') return;
    // Also while it is silent: an answer tells that it lives after all.
    if (this.#link?.up) this.#ping();
    if (this.#state === 'up' && Date.now() - this.#lastPong > PING_LOST_MS) this.#onLost();
    if (this.#state !== 'up') this.line.tick();
  }

  #ping(): void {
    this.#link?.say({ t: 'ping', at: performance.now() });
  }

  #drop(state: HelperLinkState): void {
    this.#link?.close();
    this.#link = null;
    this.#state = state;
    this.events.over();
  }
}
