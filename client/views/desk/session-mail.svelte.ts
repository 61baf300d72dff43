/** The form of the session mail (RS-72). */
import { SessionMail, type MailOutcome } from '../../../shared/protocol/mail';
import type { Language } from '../../../shared/protocol/common';
import { mailApi } from '../../net/mail-api';
import type { Problem } from '../../net/http';

export const SESSION_MAIL_FIELDS = ['customerName', 'to'] as const;
export type SessionMailField = (typeof SESSION_MAIL_FIELDS)[number];

export class SessionMailDraft {
  customerName = $state('');
  to = $state('');
  language = $state<Language>('ja');
  wrong = $state.raw<SessionMailField[]>([]);
  problem = $state.raw<Problem | null>(null);
  outcome = $state.raw<MailOutcome | null>(null);
  sending = $state(false);

  /** As whom the server sends; null: it sends nothing, undefined: not yet known. */
  from = $state<string | null | undefined>(undefined);

  constructor(language: Language) {
    this.language = language;
  }

  /** Asks which ways there are. Not knowing is no hindrance: sending says what is wrong. */
  async load(): Promise<void> {
    const answer = await mailApi.sessionWay();
    this.from = answer.ok ? answer.value.from : '';
  }

  /** A field was changed: what was wrong with it is history. */
  mended(field: SessionMailField): void {
    if (this.wrong.includes(field)) this.wrong = this.wrong.filter((each) => each !== field);
  }

  /** What was typed stays, whatever the answer. @returns whether the mail server took it */
  async send(sessionId: string, code: string): Promise<boolean> {
    const parsed = SessionMail.safeParse({
      sessionId,
      code,
      to: this.to.trim(),
      customerName: this.customerName,
      language: this.language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const names = parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
    this.wrong = SESSION_MAIL_FIELDS.filter((field) => names.includes(field));
    this.problem = this.outcome = null;
    if (!parsed.success) {
      if (this.wrong.length === 0) this.problem = { ok: false, error: 'failed' };
      return false;
    }
    if (this.sending) return false;
    this.sending = true;
    const answer = await mailApi.sendSession(parsed.data);
    this.sending = false;
    if (answer.ok) this.outcome = answer.value;
    else this.problem = answer;
    return answer.ok && answer.value.sent;
  }
}
