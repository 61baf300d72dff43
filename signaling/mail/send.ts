import type { MailOutcome } from '../../shared/protocol/mail';
import type { MailContext } from './context';
import { failed, SENT } from './faults';
import type { Mail } from './mail';
import { writeToOutbox } from './outbox';
import { mailServerOf } from './settings';
import { sendBySmtp } from './smtp';

/**
 * Sends a mail by the tenant's mail server.
 * @param otherwise without a mail server: into the outbox folder, or not at all (`unset`)
 */
export async function sendMail(
  context: MailContext,
  tenantId: string,
  mail: Mail,
  otherwise: 'outbox' | 'unset',
): Promise<MailOutcome> {
  const server = await mailServerOf(context, tenantId);
  if (server) return sendBySmtp(server, mail, context.authorities);
  if (otherwise === 'unset') return failed('unset');
  await writeToOutbox(context.outbox, mail);
  return SENT;
}
