import type { MailOutcome, MailTest } from '../../shared/protocol/mail';
import type { AccountRow, TenantRow } from '../store/schema';
import type { MailContext } from './context';
import { mailOf } from './letter';
import { testLetter } from './letters';
import { withPassword } from './settings';
import { sendBySmtp } from './smtp';

/** Tries settings as they are, without storing them. */
export async function sendTestMail(
  context: MailContext,
  who: { account: AccountRow; tenant: TenantRow },
  { settings, to, language }: MailTest,
): Promise<MailOutcome> {
  const server = await withPassword(context, who.tenant.id, settings);
  await context.limiters.mailsPerAccount.take(who.account.id);
  const letter = testLetter(language, { name: who.account.name, address: to }, who.tenant.company);
  return sendBySmtp(server, mailOf(letter), context.authorities);
}
