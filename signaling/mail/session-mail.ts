import { groupCode } from '../../shared/protocol/code';
import { ProtocolError } from '../../shared/protocol/errors';
import type { MailOutcome, SessionMail } from '../../shared/protocol/mail';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { findMailSettings } from '../store/mail-settings';
import type { AccountRow, SessionRecord, TenantRow } from '../store/schema';
import { findSession, markMailed } from '../store/sessions';
import type { MailContext } from './context';
import { failed } from './faults';
import { mailOf } from './letter';
import { sessionLetter } from './letters';
import { sendMail } from './send';
import { timeInZone } from './time';

export interface Sender {
  account: AccountRow;
  tenant: TenantRow;
  author: Author;
  /** Of the operator's desk: the number is good at this origin only. */
  origin: string;
}

/** @throws ProtocolError `session_gone` unless it is this operator's and still waits */
async function waitingSession(
  { db, clock }: Pick<MailContext, 'db' | 'clock'>,
  account: AccountRow,
  id: string,
): Promise<SessionRecord> {
  const session = await findSession(db, id);
  if (!session || session.operator_account !== account.id) throw new ProtocolError('session_gone');
  if (session.state !== 'waiting' || session.expires_at <= clock.now())
    throw new ProtocolError('session_gone');
  return session;
}

/**
 * Mails the link of a session to its customer (RS-72–74). The number is in it and nowhere else: it is neither kept nor
 * logged.
 * @throws ProtocolError `session_gone` unless it is the sender's and still waits, `invalid` for an unknown zone
 */
export async function sendSessionMail(
  context: MailContext,
  { account, tenant, author, origin }: Sender,
  wish: SessionMail,
): Promise<MailOutcome> {
  const { db, limiters } = context;
  const session = await waitingSession(context, account, wish.sessionId);
  const until = timeInZone(session.expires_at, wish.zone, wish.language);
  if (until === null) throw new ProtocolError('invalid', { fields: ['zone'] });
  if (!(await findMailSettings(db, tenant.id))) return failed('unset');

  await limiters.mailsPerAccount.take(account.id);
  const letter = sessionLetter({
    language: wish.language,
    to: { name: wish.customerName, address: wish.to },
    replyTo: account.email === '' ? undefined : { name: account.name, address: account.email },
    operator: session.operator_name,
    company: tenant.company,
    site: new URL(origin).host,
    code: groupCode(wish.code),
    until,
    mode: session.mode,
    windowsOnly: session.app_selection === 1,
    link: `${origin}/c/${tenant.subscriber}#${wish.code}`,
  });
  const outcome = await sendMail(context, tenant.id, mailOf(letter), 'unset');
  if (outcome.sent) {
    const line = { tenantId: tenant.id, ...author, action: 'session.mailed', subject: session.id } as const;
    await db.transaction().execute(async (store) => {
      await markMailed(store, session.id, 'server');
      await writeLog({ ...context, db: store }, line);
    });
  }
  return outcome;
}

/**
 * The operator has opened a draft with the link in their own mail program: who comes by it came by `mail`. Told once.
 * @throws ProtocolError `session_gone` unless it is theirs and still waits
 */
export async function noteOwnMail(
  context: Pick<MailContext, 'db' | 'clock'>,
  { account, tenant, author }: Omit<Sender, 'origin'>,
  sessionId: string,
): Promise<void> {
  const { id } = await waitingSession(context, account, sessionId);
  await context.db.transaction().execute(async (db) => {
    if (!(await markMailed(db, id, 'own'))) return;
    const line = { tenantId: tenant.id, ...author, action: 'session.drafted', subject: id } as const;
    await writeLog({ ...context, db }, line);
  });
}
