/** What the administrator sets about the chat, as two pages edit it: the sites, and the hours. */
import { AllowedOrigin, type BusinessHours, type ChatSettings } from '../../../../shared/protocol/embed';
import { chatButtonApi } from '../../../net/chat-button-api';
import type { Problem } from '../../../net/http';
import type { Account } from '../../signin/account.svelte';
import { asOrigin } from './origin';

export type Week = NonNullable<BusinessHours['week']>;

export class SettingsDraft {
  /** One a line. */
  origins = $state('');
  offlineMessages = $state(true);
  zone = $state('Asia/Tokyo');
  week = $state<Week | null>(null);
  loaded = $state(false);
  saving = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** Lines that are no origins. */
  wrongOrigins = $state.raw<string[]>([]);
  /** Weekdays with a time that ends before it begins. */
  wrongDays = $state.raw<number[]>([]);

  constructor(private readonly account: Account) {
    void this.load();
  }

  async load(): Promise<void> {
    const result = await chatButtonApi.settings();
    if (result.ok) this.#take(result.value);
    else this.#blame(result);
    this.loaded ||= result.ok;
  }

  /** Checks, then asks the server; what was typed stays, whatever the answer. @returns whether it was saved */
  async save(): Promise<boolean> {
    const origins = this.origins
      .split(/[\s,]+/)
      .filter((line) => line !== '')
      .map(asOrigin);
    this.wrongOrigins = origins.filter((line) => !AllowedOrigin.safeParse(line).success);
    this.wrongDays = (this.week ?? []).flatMap((day, at) =>
      day.some(({ from, to }) => from >= to) ? [at] : [],
    );
    if (this.wrongOrigins.length > 0 || this.wrongDays.length > 0 || this.saving || !this.loaded)
      return false;
    this.saving = true;
    this.problem = null;
    const { offlineMessages, zone } = this;
    const week = $state.snapshot(this.week);
    const result = await chatButtonApi.saveSettings({ origins, offlineMessages, hours: { zone, week } });
    this.saving = false;
    if (result.ok) this.#take(result.value);
    else this.#blame(result);
    return result.ok;
  }

  #take({ origins, offlineMessages, hours }: ChatSettings): void {
    this.origins = origins.join('\n');
    this.offlineMessages = offlineMessages;
    this.zone = hours.zone;
    this.week = hours.week;
  }

  #blame(problem: Problem): void {
    this.problem = problem;
    if (problem.error === 'signed_out') this.account.lost();
  }
}
