/** The grants as switches in front of the person whose computer is operated: off at once, on only by their own click. */
import type { Grants, HostLineMessage } from '../../shared/protocol/helper';
import { watchElsewhere, type ElsewhereWatch } from './consent-elsewhere';
import { GrantGuard, watchPage } from './grant-guard';
import { GrantRequests } from './grant-requests.svelte';

export type GrantName = keyof Grants;
const NAMES = ['input', 'clipboard'] as const satisfies GrantName[];

/** What was consented to with the mode itself: pointer and keyboard. Everything else is asked for later. */
export const FIRST_GRANTS: Grants = { input: true, clipboard: false };

/** So long the helper's answer to a switching off may take before the person is told that it is missing. */
const ANSWER_MS = 500;

export interface SwitchEvents {
  /** To the helper. */
  send(message: Extract<HostLineMessage, { t: 'grant' | 'focus' }>): void;
  /** What the person wishes changed: keep it. */
  changed(wished: Grants): void;
  /** `owed` changed: the controller's page can be told directly. */
  owedChanged(): void;
}

/** What the switches hear of the browser; tests put something else in its place. */
export interface SwitchSenses {
  watch: typeof watchPage;
  /** Pages that ask in other tabs, without this one. */
  elsewhere(changed: (asking: boolean) => void): ElsewhereWatch;
}

/** @param sessionId names this page to the others, the same again after a reload */
export const browserSenses = (sessionId: string): SwitchSenses => ({
  watch: watchPage,
  elsewhere: (changed) => watchElsewhere(sessionId, changed),
});

export class GrantSwitches {
  /** What holds, as the helper said last. */
  #grants = $state.raw<Grants>({ input: false, clipboard: false });
  /** The last click was not accepted. */
  #refused = $state(false);
  /** Remote input keeps off this page at the moment, as far as it knows. */
  #guarded = $state(false);
  /** What a new helper begins with. */
  #wished: Grants;
  /** Switched off, and the helper has not confirmed it. */
  #owed = $state.raw<readonly GrantName[]>([]);
  /** What is owed waits for longer than an answer takes. */
  #late = $state(false);
  #lateTimer: ReturnType<typeof setTimeout> | undefined;
  /** The line to the helper is open. */
  #open = $state(false);
  readonly #requests = new GrantRequests();
  readonly #guard = new GrantGuard();
  readonly #unwatch: () => void;
  readonly #elsewhere: ElsewhereWatch;
  /** Times the focus was told and the helper has not answered yet. */
  #unanswered = 0;
  /** A page that asks in another tab has the focus. */
  #askedElsewhere = false;

  constructor(
    private readonly clipboard: boolean,
    wished: Grants | undefined,
    private readonly events: SwitchEvents,
    senses: SwitchSenses,
  ) {
    this.#wished = this.#masked(wished ?? FIRST_GRANTS);
    this.#unwatch = senses.watch(this.#guard, (on) => {
      this.#guard.setFocus(on);
      this.#guarded = false;
      this.#tellFocus();
    });
    this.#elsewhere = senses.elsewhere((asking) => {
      this.#askedElsewhere = asking;
      this.#tellFocus();
    });
  }

  /** The grants this mode knows at all. */
  get names(): readonly GrantName[] {
    return this.clipboard ? NAMES : ['input'];
  }
  get grants(): Grants {
    return this.#grants;
  }
  get wished(): Grants {
    return this.#wished;
  }
  /** What the controller asked for and nobody has answered. */
  get requests(): readonly GrantName[] {
    return this.#requests.list;
  }
  /** Whether a click counts now. */
  get guarded(): boolean {
    return this.#guarded;
  }
  /** Switched off here, and the helper has not confirmed it. */
  get owed(): readonly GrantName[] {
    return this.#owed;
  }
  /** The same, but only what the person has to know of: no answer is on its way. It may still be used meanwhile. */
  get untold(): readonly GrantName[] {
    return this.#open && !this.#late ? [] : this.#owed;
  }
  /** A click did not count, because remote input might have made it; the next one will. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Switches a grant off, at once; a helper that cannot be reached hears of it first thing. */
  revoke(name: GrantName): void {
    if (!this.#owed.includes(name)) this.#owe([...this.#owed, name]);
    this.#set({ ...this.#grants, [name]: false });
    this.#wish(name, false);
    this.events.send({ t: 'grant', name, on: false });
  }

  /**
   * Switches a grant on; call it from a click.
   * @returns whether the click counted
   */
  allow(name: GrantName): boolean {
    if (!this.names.includes(name)) return false;
    this.#refused = !this.#guard.accepts();
    if (this.#refused) return false;
    this.#paid(name);
    this.#requests.answered(name);
    this.#wish(name, true);
    this.events.send({ t: 'grant', name, on: true });
    return true;
  }

  /** The controller asks for a grant. @returns whether the person sees it, or has granted it already */
  ask(name: GrantName): boolean {
    if (!this.names.includes(name)) return false;
    return this.#grants[name] || this.#requests.ask(name);
  }

  /** The person does not want to answer with yes. */
  notNow(name: GrantName): void {
    this.#requests.notNow(name);
    this.#refused = false;
  }

  /** A helper acts on this computer, whether or not it can be reached: pages in other tabs wait for its word. */
  came(): void {
    this.#elsewhere.setHosting(true);
  }

  /** The line to the helper is open and configured: it hears what it must know. */
  opened(): void {
    this.#open = true;
    this.#awaitAnswer();
    this.#guard.confirm(false);
    this.#guarded = false;
    this.#unanswered = 0;
    for (const name of this.#owed) this.events.send({ t: 'grant', name, on: false });
    this.#tellFocus();
  }

  /** The line is closed: nothing is guarded, and nobody may ask. The helper may still act, so other tabs wait for it. */
  interrupted(): void {
    this.#open = false;
    this.#guard.confirm(false);
    this.#elsewhere.confirm(false);
    this.#guarded = false;
    this.#requests.clear();
    this.#refused = false;
  }

  /** There is no helper any more. */
  gone(): void {
    this.interrupted();
    this.#elsewhere.setHosting(false);
    this.#owe([]);
    this.#set({ input: false, clipboard: false });
  }

  /** The helper's word; its own menu and dialog change grants too. */
  told(grants: Grants): void {
    const next = this.#masked(grants);
    for (const name of NAMES) {
      if (!next[name]) this.#paid(name);
      if (this.#owed.includes(name)) next[name] = false; // said before it heard of the switching off
      if (next[name]) this.#requests.answered(name);
    }
    this.#set(next);
    if (this.#owed.length > 0 || same(next, this.#wished)) return;
    this.#wished = next;
    this.events.changed(next);
  }

  /** The helper's answer to each word about the focus; only the one to the last word counts. */
  guarding(on: boolean): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#unanswered > 0) return;
    this.#guard.confirm(on);
    this.#guarded = this.#guard.ready;
    this.#elsewhere.confirm(on);
  }

  close(): void {
    this.gone();
    this.#unwatch();
    this.#elsewhere.close();
  }

  #tellFocus(): void {
    this.#unanswered++;
    this.events.send({ t: 'focus', on: this.#guard.focused || this.#askedElsewhere });
  }

  #wish(name: GrantName, on: boolean): void {
    if (this.#wished[name] === on) return;
    this.#wished = { ...this.#wished, [name]: on };
    this.events.changed(this.#wished);
  }

  #paid(name: GrantName): void {
    if (this.#owed.includes(name)) this.#owe(this.#owed.filter((each) => each !== name));
  }

  #owe(names: readonly GrantName[]): void {
    this.#owed = names;
    this.#awaitAnswer();
    this.events.owedChanged();
  }

  #awaitAnswer(): void {
    clearTimeout(this.#lateTimer);
    this.#late = false;
    if (this.#owed.length > 0) this.#lateTimer = setTimeout(() => (this.#late = true), ANSWER_MS);
  }

  #set(grants: Grants): void {
    if (!same(grants, this.#grants)) this.#grants = grants;
  }

  #masked({ input, clipboard }: Grants): Grants {
    return { input, clipboard: clipboard && this.clipboard };
  }
}

const same = (a: Grants, b: Grants): boolean => NAMES.every((name) => a[name] === b[name]);
