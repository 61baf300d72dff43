/**
 * A page that asks something only the person in front of it may answer: whether a click counts (RS-83, RS-84). It does
 * once every helper that acts on this computer keeps remote input off the page, and a moment after the page got the
 * focus: a click or key meant for what was there before must not answer.
 */
import { Announcer, type Tabs } from './consent-elsewhere';
import { GrantGuard, watchPage } from './grant-guard';

/** As long as the helper's own consent window stays shut. */
export const OPEN_MS = 500;

/** What a page asks at the moment. */
export type Asking =
  | 'nothing'
  | 'page'
  /** In the browser's own picker, which takes the focus away from the page. */
  | 'picker';

export class AskingPage {
  #ready = $state(false);
  #held = $state(false);
  #refused = $state(false);
  #asking: Asking = 'nothing';
  #open = false;
  #opening: ReturnType<typeof setTimeout> | undefined;
  readonly #guard = new GrantGuard();
  readonly #announcer: Announcer;
  readonly #unwatch: () => void;

  constructor(watch: typeof watchPage = watchPage, tabs?: Tabs) {
    this.#announcer = new Announcer(() => this.#update(), tabs);
    this.#unwatch = watch(this.#guard, (on) => {
      this.#guard.setFocus(on);
      this.#announce();
    });
  }

  /** Whether a press begun now counts. */
  get ready(): boolean {
    return this.#ready;
  }
  /** Another page of Tasuki has a helper here, and that has not confirmed that remote input keeps off this page. */
  get held(): boolean {
    return this.#held;
  }
  /** A click did not count, because remote input might have made it. */
  get refused(): boolean {
    return this.#refused;
  }

  ask(asking: Asking): void {
    if (asking === this.#asking) return;
    this.#asking = asking;
    this.#refused = false;
    this.#announce();
  }

  /** Whether the click that is being dealt with is the person's own. */
  accepts(): boolean {
    this.#update();
    this.#refused = !this.#guard.accepts();
    return !this.#refused;
  }

  close(): void {
    clearTimeout(this.#opening);
    this.#unwatch();
    this.#announcer.close();
  }

  #announce(): void {
    clearTimeout(this.#opening);
    this.#open = false;
    const asks = this.#asking === 'picker' || (this.#asking === 'page' && this.#guard.focused);
    if (asks) {
      this.#opening = setTimeout(() => {
        this.#open = true;
        this.#update();
      }, OPEN_MS);
    }
    this.#announcer.announce(asks);
    this.#update();
  }

  #update(): void {
    this.#guard.confirm(this.#open && this.#announcer.ready);
    this.#ready = this.#guard.ready;
    this.#held = this.#open && this.#announcer.held;
  }
}
