/** What the controller asks the person to switch on, and nobody has answered yet. */
import type { GrantName } from './grant-switches.svelte';

/** After "not now" the controller's next request for the same is not shown for so long. */
const QUIET_MS = 10_000;

export class GrantRequests {
  #list = $state.raw<readonly GrantName[]>([]);
  readonly #quietUntil: Record<GrantName, number> = { input: 0, clipboard: 0 };

  get list(): readonly GrantName[] {
    return this.#list;
  }

  /** @returns whether the person sees it */
  ask(name: GrantName): boolean {
    if (this.#list.includes(name)) return true;
    if (Date.now() < this.#quietUntil[name]) return false;
    this.#list = [...this.#list, name];
    return true;
  }

  /** The person does not want to answer with yes. */
  notNow(name: GrantName): void {
    this.#quietUntil[name] = Date.now() + QUIET_MS;
    this.answered(name);
  }

  answered(name: GrantName): void {
    if (this.#list.includes(name)) this.#list = this.#list.filter((each) => each !== name);
  }

  clear(): void {
    this.#list = [];
  }
}
