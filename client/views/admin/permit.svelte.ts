/** What one operator may do, while the administrator ticks it. */
import { MODES, type Mode } from '../../../shared/protocol/common';
import type { Operator, Permit } from '../../../shared/protocol/http';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import type { Account } from '../signin/account.svelte';

/** In the order of the form; `manage` is not yet part of the product and cannot be changed. */
export const FORM_MODES = ['view', 'control', 'share', 'show', 'manage'] as const satisfies readonly Mode[];
export const LATER_MODES: readonly Mode[] = ['manage'];

export class PermitDraft {
  #modes = $state.raw<readonly Mode[]>([]);
  appSelection = $state(false);
  appSelectionAlways = $state(false);
  problem = $state.raw<Problem | null>(null);
  saving = $state(false);

  constructor(readonly operator: Operator) {
    const { modes, appSelection, appSelectionAlways } = operator.permit;
    this.#modes = modes;
    this.appSelection = appSelection || appSelectionAlways;
    this.appSelectionAlways = appSelectionAlways;
  }

  has(mode: Mode): boolean {
    return this.#modes.includes(mode);
  }

  allow(mode: Mode, on: boolean): void {
    this.#modes = MODES.filter((each) => (each === mode ? on : this.has(each)));
  }

  /** Whether this operator could connect at all. */
  get usable(): boolean {
    return this.#modes.some((mode) => !LATER_MODES.includes(mode));
  }

  /** What is not in the form stays as it is. */
  get permit(): Permit {
    const { appSelection } = this;
    const appSelectionAlways = appSelection && this.appSelectionAlways;
    return { ...this.operator.permit, modes: [...this.#modes], appSelection, appSelectionAlways };
  }

  /** @returns whether it was saved; `problem` has the reason otherwise */
  async save(account: Account): Promise<boolean> {
    if (this.saving) return false;
    this.problem = null;
    this.saving = true;
    const result = await api.changeOperator(this.operator.id, { permit: this.permit });
    this.saving = false;
    if (result.ok) return true;
    this.problem = result;
    if (result.error === 'signed_out') account.lost();
    return false;
  }
}
