/** The grants as switches in front of the person whose computer is operated: off at once, on only by their own click. */
import type { Grants, HostLineMessage } from '../../shared/protocol/helper';
import { hearConsent } from './consent-elsewhere';
import { GrantGuard, watchPage } from './grant-guard';

export type GrantName = keyof Grants;
const NAMES = ['input', 'clipboard'] as const satisfies GrantName[];

/** What was consented to with the mode itself: pointer and keyboard. Everything else is asked for later. */
export const FIRST_GRANTS: Grants = { input: true, clipboard: false };

/** After "not now" the controller's next request for the same is not shown for so long. */
const QUIET_MS = 10_000;

export interface SwitchEvents {
  /** To the helper. */
  send(message: Extract<HostLineMessage, { t: 'grant' | 'focus' }>): void;
  /** What the person wishes changed: keep it. */
  changed(wished: Grants): void;
}

export class GrantSwitches {
  /** What holds, as the helper said last. */
  #grants = $state.raw<Grants>({ input: false, clipboard: false });
  #requests = $state.raw<readonly GrantName[]>([]);
  /** The last click was not accepted. */
  #refused = $state(false);
  /** Remote input keeps off this page at the moment, as far as it knows. */
  #guarded = $state(false);
  /** What a new helper begins with. */
  #wished: Grants;
  /** Switched off while the helper could not be reached. */
  #owed: readonly GrantName[] = [];
  readonly #quietUntil = { input: 0, clipboard: 0 };
  readonly #guard = new GrantGuard();
  readonly #unwatch: () => void;
  /** Times the focus was told and the helper has not answered yet. */
  #unanswered = 0;
  /** A consent page in another tab has the focus. */
  #elsewhere = false;

  constructor(
    private readonly clipboard: boolean,
    wished: Grants | undefined,
    private readonly events: SwitchEvents,
    watch: typeof watchPage = watchPage,
    hear: typeof hearConsent = hearConsent,
  ) {
    this.#wished = this.#masked(wished ?? FIRST_GRANTS);
    const unwatch = watch(this.#guard, (on) => {
      this.#guard.setFocus(on);
      this.#guarded = false;
      this.#tellFocus();
    });
    const unhear = hear((asking) => {
      this.#elsewhere = asking;
      this.#tellFocus();
    });
    this.#unwatch = () => {
      unwatch();
      unhear();
    };
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
    return this.#requests;
  }
  /** Whether a click counts now. */
  get guarded(): boolean {
    return this.#guarded;
  }
  /** A click did not count, because remote input might have made it; the next one will. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Switches a grant off, at once; a helper that cannot be reached hears of it first thing. */
  revoke(name: GrantName): void {
    if (!this.#owed.includes(name)) this.#owed = [...this.#owed, name];
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
    this.#answered(name);
    this.#wish(name, true);
    this.events.send({ t: 'grant', name, on: true });
    return true;
  }

  /** The controller asks for a grant. @returns whether the person sees it, or has granted it already */
  ask(name: GrantName): boolean {
    if (!this.names.includes(name)) return false;
    if (this.#grants[name] || this.#requests.includes(name)) return true;
    if (Date.now() < this.#quietUntil[name]) return false;
    this.#requests = [...this.#requests, name];
    return true;
  }

  /** The person does not want to answer with yes. */
  notNow(name: GrantName): void {
    this.#quietUntil[name] = Date.now() + QUIET_MS;
    this.#answered(name);
    this.#refused = false;
  }

  /** The line to the helper is open and configured: it hears what it must know. */
  opened(): void {
    this.#guard.confirm(false);
    this.#guarded = false;
    this.#unanswered = 0;
    for (const name of this.#owed) this.events.send({ t: 'grant', name, on: false });
    this.#tellFocus();
  }

  /** The line is closed: nothing is guarded, and nobody may ask. */
  interrupted(): void {
    this.#guard.confirm(false);
    this.#guarded = false;
    this.#requests = [];
    this.#refused = false;
  }

  /** The helper's word; its own menu and dialog change grants too. */
  told(grants: Grants): void {
    const next = this.#masked(grants);
    for (const name of NAMES) {
      if (!next[name]) this.#paid(name);
      if (this.#owed.includes(name)) next[name] = false; // said before it heard of the switching off
      if (next[name]) this.#answered(name);
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
  }

  close(): void {
    this.#unwatch();
    this.#requests = [];
    this.#set({ input: false, clipboard: false });
  }

  #tellFocus(): void {
    this.#unanswered++;
    this.events.send({ t: 'focus', on: this.#guard.focused || this.#elsewhere });
  }

  #wish(name: GrantName, on: boolean): void {
    if (this.#wished[name] === on) return;
    this.#wished = { ...this.#wished, [name]: on };
    this.events.changed(this.#wished);
  }

  #paid(name: GrantName): void {
    this.#owed = this.#owed.filter((each) => each !== name);
  }

  #answered(name: GrantName): void {
    this.#requests = this.#requests.filter((each) => each !== name);
  }

  #set(grants: Grants): void {
    if (!same(grants, this.#grants)) this.#grants = grants;
  }

  #masked({ input, clipboard }: Grants): Grants {
    return { input, clipboard: clipboard && this.clipboard };
  }
}

const same = (a: Grants, b: Grants): boolean => NAMES.every((name) => a[name] === b[name]);
