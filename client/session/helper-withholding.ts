/**
 * What the controller's page must not use, whatever the helper told it before. It goes over the session's own link, so it
 * arrives also while the line to the helper is interrupted; the helper itself is told as soon as it can be.
 */
import type { Grants } from '../../shared/protocol/helper';
import type { GrantName } from './grant-switches.svelte';

export class Withholding {
  /** What the controller's page knows; nothing is withheld at first. */
  #told: Grants = { input: false, clipboard: false };
  #ever = false;

  /** @param say loses what it is given while there is no link */
  constructor(private readonly say: (grants: Grants) => void) {}

  /** A new link: what the one before lost is said again. */
  linkUp(): void {
    this.#ever = false;
  }

  /** Says what is withheld, unless it is known. */
  tell(names: readonly GrantName[]): void {
    const grants = { input: names.includes('input'), clipboard: names.includes('clipboard') };
    if (this.#ever && grants.input === this.#told.input && grants.clipboard === this.#told.clipboard) return;
    this.#ever = true;
    this.#told = grants;
    this.say(grants);
  }
}
