/** The operator list and the form that changes it. */
import {
  AccountId,
  Email,
  Password,
  type Operator,
  type OperatorChange,
} from '../../../shared/protocol/http';
import { PersonName } from '../../../shared/protocol/common';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import type { Account } from '../signin/account.svelte';

export class OperatorList {
  all = $state.raw<Operator[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  constructor(private readonly account: Account) {
    void this.load();
  }

  async load(): Promise<void> {
    const result = await api.operators();
    this.problem = result.ok ? null : result;
    if (result.ok) this.all = result.value;
    else if (result.error === 'signed_out') this.account.lost();
  }
}

type FieldName = 'id' | 'name' | 'email' | 'password';
export type FieldError = FieldName | 'idTaken';

export class OperatorDraft {
  id = $state('');
  name = $state('');
  email = $state('');
  password = $state('');
  enabled = $state(true);
  /** What is wrong, by field. */
  errors = $state.raw<Partial<Record<FieldName, FieldError>>>({});
  /** What is wrong, but with no field in particular. */
  problem = $state.raw<Problem | null>(null);
  saving = $state(false);

  constructor(readonly editing: Operator | null) {
    if (!editing) return;
    this.id = editing.id;
    this.name = editing.name;
    this.email = editing.email;
    this.enabled = editing.state === 'enabled';
  }

  /** Checks, then asks the server. What was typed stays, whatever the answer. @returns whether it was saved */
  async save(account: Account): Promise<boolean> {
    this.errors = this.#check();
    this.problem = null;
    if (Object.keys(this.errors).length > 0 || this.saving) return false;
    this.saving = true;
    const result = this.editing
      ? await api.changeOperator(this.editing.id, this.#change(this.editing))
      : await api.addOperator({ id: this.id, ...this.#common(), password: this.password });
    this.saving = false;
    if (result.ok) return true;
    this.#blame(result);
    if (result.error === 'signed_out') account.lost();
    return false;
  }

  #check(): Partial<Record<FieldName, FieldError>> {
    const needsPassword = !this.editing || this.password !== '';
    const wrong = [
      !this.editing && !AccountId.safeParse(this.id).success && 'id',
      !PersonName.safeParse(this.name).success && 'name',
      !Email.safeParse(this.email.trim()).success && 'email',
      needsPassword && !Password.safeParse(this.password).success && 'password',
    ].filter((name) => name !== false) as FieldName[];
    return Object.fromEntries(wrong.map((name) => [name, name]));
  }

  /** The server's objection, shown at the fields it names. */
  #blame(problem: Problem): void {
    const known: FieldName[] = ['id', 'name', 'email', 'password'];
    const fields = known.filter((name) => problem.fields?.includes(name));
    if (problem.error === 'conflict') this.errors = { id: 'idTaken' };
    else if (fields.length > 0) this.errors = Object.fromEntries(fields.map((name) => [name, name]));
    else this.problem = problem;
  }

  #common() {
    const state: Operator['state'] = this.enabled ? 'enabled' : 'disabled';
    return { name: this.name.trim(), email: this.email.trim(), state };
  }

  /** Only what differs. */
  #change(before: Operator): OperatorChange {
    const { name, email, state } = this.#common();
    return {
      ...(name === before.name ? {} : { name }),
      ...(email === before.email ? {} : { email }),
      ...(state === before.state ? {} : { state }),
      ...(this.password === '' ? {} : { password: this.password }),
    };
  }
}
