/** The form of the mail server. */
import type { Language } from '../../../../shared/protocol/common';
import {
  MailSettings,
  MailTest,
  type MailOutcome,
  type MailSettingsShown,
} from '../../../../shared/protocol/mail';
import { mailApi } from '../../../net/mail-api';
import type { Problem, Result } from '../../../net/http';
import type { Account } from '../../signin/account.svelte';

export const MAIL_FIELDS = ['host', 'port', 'user', 'password', 'fromName', 'fromAddress', 'to'] as const;
export type MailField = (typeof MAIL_FIELDS)[number];
export type Security = MailSettings['security'];

const USUAL_PORT: Record<Security, string> = { tls: '465', starttls: '587', none: '25' };

export class MailDraft {
  host = $state('');
  port = $state(USUAL_PORT.tls);
  #security = $state<Security>('tls');
  user = $state('');
  password = $state('');
  fromName = $state('');
  fromAddress = $state('');
  /** Where a test mail goes. */
  to = $state('');
  /** As the server has them; undefined while loading. */
  stored = $state.raw<MailSettingsShown | undefined>(undefined);
  wrong = $state.raw<MailField[]>([]);
  problem = $state.raw<Problem | null>(null);
  outcome = $state.raw<MailOutcome | null>(null);
  busy = $state<'saving' | 'testing' | 'removing' | null>(null);

  constructor(private readonly account: Account) {
    void this.load();
  }

  get security(): Security {
    return this.#security;
  }
  /** The port follows, unless it is an unusual one. */
  set security(security: Security) {
    if (this.port === USUAL_PORT[this.#security]) this.port = USUAL_PORT[security];
    this.#security = security;
  }

  async load(): Promise<void> {
    const answer = await mailApi.settings();
    if (this.#failed(answer)) return;
    this.#show(answer.value.settings);
  }

  /** @returns whether they were saved */
  async save(): Promise<boolean> {
    const settings = this.#settings();
    if (!settings || this.busy) return false;
    const answer = await this.#doing('saving', () => mailApi.save(settings));
    if (this.#failed(answer)) return false;
    this.#show(answer.value.settings);
    return true;
  }

  /** Tries what stands in the form. */
  async test(language: Language): Promise<void> {
    const settings = this.#settings();
    const to = MailTest.shape.to.safeParse(this.to.trim());
    if (!to.success) this.wrong = [...this.wrong, 'to'];
    if (!settings || !to.success || this.busy) return;
    const answer = await this.#doing('testing', () => mailApi.test({ settings, to: to.data, language }));
    if (!this.#failed(answer)) this.outcome = answer.value;
  }

  /** @returns whether they were removed */
  async remove(): Promise<boolean> {
    if (this.busy) return false;
    const answer = await this.#doing('removing', () => mailApi.remove());
    if (this.#failed(answer)) return false;
    this.#show(null);
    return true;
  }

  async #doing<T>(what: NonNullable<typeof this.busy>, work: () => Promise<T>): Promise<T> {
    this.busy = what;
    this.problem = this.outcome = null;
    const answer = await work();
    this.busy = null;
    return answer;
  }

  #settings(): MailSettings | null {
    const parsed = MailSettings.safeParse({
      host: this.host,
      port: /^\d{1,5}$/.test(this.port.trim()) ? Number(this.port) : 0,
      security: this.security,
      user: this.user.trim(),
      ...(this.password === '' ? {} : { password: this.password }),
      fromName: this.fromName,
      fromAddress: this.fromAddress.trim(),
    });
    const names = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
    this.wrong = MAIL_FIELDS.filter((field) => names.includes(field));
    return parsed.success ? parsed.data : null;
  }

  #show(stored: MailSettingsShown): void {
    this.stored = stored;
    this.password = '';
    if (!stored) return;
    this.#security = stored.security;
    const { host, port, user, fromName, fromAddress } = stored;
    Object.assign(this, { host, port: String(port), user, fromName, fromAddress });
  }

  #failed<T>(answer: Result<T>): answer is Problem {
    if (answer.ok) return false;
    const fields = MAIL_FIELDS.filter((field) => answer.fields?.includes(field));
    if (fields.length > 0) this.wrong = fields;
    else this.problem = answer;
    if (answer.error === 'signed_out') this.account.lost();
    return true;
  }
}
