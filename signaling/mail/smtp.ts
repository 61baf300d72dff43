/** Mail by SMTP. TLS is verified, and nothing but the mail server itself can make a connection without it. */
import { createTransport } from 'nodemailer';
import type { MailOutcome, MailSettings } from '../../shared/protocol/mail';
import { SECOND } from '../clock';
import { failed, outcomeOf, SENT } from './faults';
import { mailOptions, type Mail } from './mail';
import { ownAddress } from './own-network';

/** The tenant's mail server, and as whom it is spoken to. */
export type MailServer = Omit<MailSettings, 'password'> & { password: string };

const CONNECT_MS = 10 * SECOND;
const SILENT_MS = 20 * SECOND;

/**
 * Hands one mail over. Never throws: what went wrong is the outcome.
 * @param authorities certificate authorities in PEM instead of those that Node trusts
 * @param connectMs to be connected, and again to be greeted
 */
export async function sendBySmtp(
  server: MailServer,
  mail: Mail,
  authorities?: string,
  connectMs = CONNECT_MS,
): Promise<MailOutcome> {
  try {
    const host = server.security === 'none' ? await ownAddress(server.host) : server.host;
    if (host === null) return failed('plain');
    const transport = createTransport({
      host: host.replace(/^\[|\]$/g, ''),
      port: server.port,
      secure: server.security === 'tls',
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      tls: {
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        ...(authorities === undefined ? {} : { ca: authorities }),
      },
      ...(server.user === '' ? {} : { auth: { user: server.user, pass: server.password } }),
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: SILENT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail(mailOptions(mail, { name: server.fromName, address: server.fromAddress }));
      return SENT;
    } finally {
      transport.close();
    }
  } catch (error) {
    return outcomeOf(error);
  }
}
