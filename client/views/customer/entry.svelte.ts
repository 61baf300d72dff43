/**
 * The customer page before and around a session. Everything heavy — keys, socket, session — is fetched only when
 * somebody begins to type, follows a link with a number, or comes back to a session after a reload.
 */
import type { Component } from 'svelte';
import { CODE_DIGITS, groupCode, parseCode } from '../../../shared/protocol/code';
import { stripTake, takeOver } from '../../app/take-over';
import { texts } from '../../i18n/index.svelte';
import type { CustomerPage } from '../../session/customer-page.svelte';
import type { CustomerSession } from '../../session/customer-session.svelte';
import { hasStoredSession } from '../../session/stored';
import { complaintAbout, type Complaint } from '../../ui/code-input';

/** Before a number in an address that was typed on another page of ours, which opened this one (RS-19). */
const TYPED = 'typed=';

/** Where a number that was typed elsewhere leads; behind the `#`, so it stays in the browser. */
export const addressOfTyped = (subscriber: string, code: string): string =>
  `/c/${subscriber}#${TYPED}${code}`;

type SessionView = Component<{ session: CustomerSession; another: () => void }>;

export class Entry {
  text = $state('');
  complaint = $state<Complaint | null>(null);
  /** How the number came into the box: typed here, with a link, or typed in a box on another page (RS-19). */
  came = $state<'typed' | 'link' | 'box'>('typed');
  /** The parts could not be fetched: the network is away. */
  unreachable = $state(false);
  restoring = $state(false);
  page = $state.raw<CustomerPage | null>(null);
  View = $state.raw<SessionView | null>(null);
  #waiting = $state(false);
  #parts: Promise<CustomerPage | null> | null = null;

  constructor(private readonly subscriber: string | undefined) {
    const taken = takeOver();
    if (taken !== null) void this.#take(taken);
    else if (hasStoredSession()) void this.#restore();
    this.takeFragment();
  }

  get checking(): boolean {
    return this.#waiting || (this.page?.checking ?? false);
  }

  /** A number in the address (`#12345678`) fills the box and leaves the address bar; it still waits for Connect. */
  takeFragment(): void {
    stripTake();
    const taken = takeOver();
    if (taken !== null) void this.#take(taken);
    const hash = location.hash.slice(1);
    const typed = hash.startsWith(TYPED);
    const code = parseCode(typed ? hash.slice(TYPED.length) : hash);
    if (code?.length !== CODE_DIGITS) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (this.page?.session || this.page?.restoring) return;
    this.text = groupCode(code);
    this.came = typed ? 'box' : 'link';
    this.warmUp();
  }

  /** The first keystroke: keys and socket load while the rest is typed. */
  warmUp(): void {
    this.complaint = null;
    void this.#load().then((page) => page?.warmUp());
  }

  async submit(): Promise<void> {
    if (this.checking) return;
    this.complaint = complaintAbout(this.text);
    const code = parseCode(this.text);
    if (this.complaint || !code) return;
    this.#waiting = true;
    const page = await this.#load();
    try {
      await page?.submit({ code, path: this.came === 'link' ? 'link' : 'code', subscriber: this.subscriber });
    } finally {
      this.#waiting = false;
    }
  }

  /** After the end: back to the empty box. */
  another(): void {
    this.page?.clear();
    this.text = '';
    this.came = 'typed';
    this.complaint = null;
  }

  /** The page is left within the application: a session does not outlive its page. */
  dispose(): void {
    if (this.page?.session?.phase.at !== 'ended') this.page?.session?.end();
    this.page?.dispose();
  }

  async #restore(): Promise<void> {
    this.restoring = true;
    const page = await this.#load();
    await page?.restore();
    this.restoring = false;
  }

  /** The helper opened this page for a session that began there. */
  async #take(text: string): Promise<void> {
    this.restoring = true;
    const page = await this.#load();
    await page?.take(text);
    this.restoring = false;
  }

  #load(): Promise<CustomerPage | null> {
    this.#parts ??= this.#fetch().catch(() => {
      this.#parts = null;
      this.unreachable = true;
      return null;
    });
    return this.#parts;
  }

  async #fetch(): Promise<CustomerPage> {
    const [{ CustomerPage }, view] = await Promise.all([
      import('../../session/customer-page.svelte'),
      import('./SessionView.svelte'),
      texts.load('session', 'live', 'helper'),
    ]);
    this.unreachable = false;
    this.View = view.default;
    this.page = new CustomerPage();
    return this.page;
  }
}
