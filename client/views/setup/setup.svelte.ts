/**
 * The one-time set-up. Nothing reaches the server before the very end: a reload only means to begin again, and a
 * release key that was never confirmed never opened anything.
 */
import { PersonName, type Language } from '../../../shared/protocol/common';
import { AccountId, Password, type VaultRecord } from '../../../shared/protocol/http';
import { texts } from '../../i18n/index.svelte';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';

export type Step = 'form' | 'key' | 'confirm' | 'done';
type FieldName = 'company' | 'adminId' | 'password' | 'repeat';

export class SetupState {
  step = $state<Step>('form');
  company = $state('');
  adminId = $state('');
  password = $state('');
  repeat = $state('');
  language = $state<Language>(texts.language);
  wrong = $state.raw<FieldName[]>([]);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** Somebody has done it before. */
  already = $state(false);
  vault = $state.raw<{ record: VaultRecord; releaseKey: string } | null>(null);
  /** Which groups of the key are asked for, counted from 0, and what was typed. */
  asked = $state.raw<[number, number]>([0, 1]);
  typed = $state<[string, string]>(['', '']);
  wrongGroups = $state.raw<number[]>([]);
  subscriber = $state('');
  /** This browser may approve others; null while it is not known. */
  enrolled = $state.raw<boolean | null>(null);

  constructor(readonly token: string) {}

  get groups(): string[] {
    return this.vault?.releaseKey.split('-') ?? [];
  }

  /** Checks the form; the key is made once, so that going back does not make a saved one worthless. */
  async showKey(): Promise<void> {
    this.wrong = this.#check();
    this.problem = null;
    if (this.wrong.length > 0) return;
    this.step = 'key';
    if (this.vault) return;
    try {
      const { createVault } = await import('../../../shared/crypto/vault');
      this.vault = await createVault();
    } catch {
      this.problem = { ok: false, error: 'failed' };
      this.step = 'form';
    }
  }

  askGroups(): void {
    const [a = 0, b = 1] = pickTwo(this.groups.length);
    this.asked = [a, b];
    this.typed = ['', ''];
    this.wrongGroups = [];
    this.step = 'confirm';
  }

  async finish(): Promise<void> {
    if (!this.vault || this.busy) return;
    this.wrongGroups = [0, 1].filter((at) => !this.#isRight(at));
    if (this.wrongGroups.length > 0) return;
    this.busy = true;
    this.problem = null;
    const { token, company, adminId, password, language, vault } = this;
    const result = await api.setup({
      token,
      company: company.trim(),
      adminId,
      password,
      language,
      vault: vault.record,
    });
    if (result.ok) {
      this.subscriber = result.value.subscriber;
      this.enrolled = await this.#enrol(vault);
      this.vault = null;
      this.step = 'done';
    } else {
      this.#blame(result);
    }
    this.busy = false;
  }

  /** Now, as the release key is at hand; it is not asked for again in this browser. */
  async #enrol(vault: { record: VaultRecord; releaseKey: string }): Promise<boolean> {
    try {
      const { enrolFirst } = await import('../../session/device/first-device');
      return await enrolFirst({ adminId: this.adminId, password: this.password, ...vault });
    } catch {
      return false;
    }
  }

  #check(): FieldName[] {
    const wrong = {
      company: !PersonName.safeParse(this.company).success,
      adminId: !AccountId.safeParse(this.adminId).success,
      password: !Password.safeParse(this.password).success,
      repeat: this.password !== this.repeat,
    };
    return (Object.keys(wrong) as FieldName[]).filter((name) => wrong[name]);
  }

  #isRight(at: number): boolean {
    const typed = this.typed[at as 0 | 1]
      .normalize('NFKC')
      .replace(/[\s\p{Dash}]/gu, '')
      .toUpperCase();
    const plain = typed.replace(/O/g, '0').replace(/[IL]/g, '1');
    return plain === this.groups[this.asked[at as 0 | 1]];
  }

  #blame(problem: Problem): void {
    const fields = (['company', 'adminId', 'password'] as const).filter((name) =>
      problem.fields?.includes(name),
    );
    if (problem.error === 'not_found') {
      this.already = true;
    } else if (fields.length > 0) {
      this.wrong = fields;
      this.step = 'form';
    } else {
      this.problem = problem;
    }
  }
}

/** Two different positions below `count`, in order. */
export function pickTwo(count: number, random: () => number = Math.random): number[] {
  const first = Math.floor(random() * count);
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count;
  return [first, second].sort((a, b) => a - b);
}
