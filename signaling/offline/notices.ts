/** Mail notices to operators who want them: that a message waits, and nothing of it. */
import type { NoticesShown } from '../../shared/protocol/mail';
import { MINUTE } from '../clock';
import { mailOf } from '../mail/letter';
import { noticeLetter } from '../mail/letters';
import { sendMail } from '../mail/send';
import { claimNotice, dueNotices, returnNotice, setNotices, wantsNotices } from '../store/notices';
import { newestNew } from '../store/offline';
import type { AccountRow } from '../store/schema';
import { findTenant } from '../store/tenants';
import type { OfflineContext } from './context';

/** One operator hears at most this often; a later message is told of when the time is up. */
export const NOTICE_EVERY_MS = 10 * MINUTE;

/** Whether an operator is told by mail, and where. */
export async function noticesOf(
  { db }: Pick<OfflineContext, 'db'>,
  { id, email }: AccountRow,
): Promise<NoticesShown> {
  return { offlineMail: await wantsNotices(db, id), address: email };
}

/** The operator's own wish. */
export async function changeNotices(
  { db, clock }: Pick<OfflineContext, 'db' | 'clock'>,
  account: AccountRow,
  offlineMail: boolean,
): Promise<NoticesShown> {
  await setNotices(db, account, offlineMail, clock.now());
  return { offlineMail, address: account.email };
}

/** Tells everybody who is due. Runs every minute and after each message; several nodes may run it at once. */
export async function sendNotices(context: OfflineContext): Promise<void> {
  const { db, clock, log, mail, origins } = context;
  const tenant = await findTenant(db);
  if (!tenant) return;
  const now = clock.now();
  const newest = await newestNew(db, tenant.id);
  if (newest === 0) return;
  const desk = `${origins.list[0] ?? ''}/desk`;
  for (const due of await dueNotices(db, tenant.id, newest, now)) {
    // Told is what was seen, not what the clock says: another message may be on its way.
    if (!(await claimNotice(db, due, { toldAt: newest, nextAt: now + NOTICE_EVERY_MS }))) continue;
    const to = { name: due.name, address: due.email };
    const letter = noticeLetter(tenant.language, to, tenant.company, desk);
    const { sent, fault } = await sendMail(mail, tenant.id, mailOf(letter), 'outbox');
    if (sent) continue;
    log.warn({ fault }, 'a notice could not be mailed');
    await returnNotice(db, due, newest);
  }
}
