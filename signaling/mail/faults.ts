/** What nodemailer and mail servers complain about, as codes; the server's own words come along as text. */
import type { MailFault, MailOutcome } from '../../shared/protocol/mail';

const MAX_REPLY = 500;

interface SmtpError extends Error {
  code?: string;
  /** The system's or OpenSSL's code below `code`. */
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

/** The mail server has taken the mail. */
export const SENT: MailOutcome = { sent: true, fault: null, reply: '' };

/** It has not, and why. */
export const failed = (fault: MailFault, reply = ''): MailOutcome => ({
  sent: false,
  fault,
  reply: plain(reply),
});

/** Whatever sending threw. */
export function outcomeOf(error: unknown): MailOutcome {
  const smtp = error as SmtpError;
  return failed(faultOf(smtp), smtp.response || smtp.message || '');
}

const TLS_WORDS = /certificate|self[- ]signed|altname|\bssl\b|\btls\b|wrong version number/i;
/** The system's codes of looking up a name, and nodemailer's. */
const UNKNOWN_HOST = /^(EDNS|ENOTFOUND|EAI_\w+)$/;
const UNREACHED = /^E(CONNECTION|SOCKET|PROTOCOL)$/;
/** "Authentication required" at any command. */
const WANTS_LOGIN = new Set([530, 534, 535, 538]);

function faultOf({ code, originalCode, command, message, responseCode }: SmtpError): MailFault {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login';
  if (responseCode !== undefined && WANTS_LOGIN.has(responseCode)) return 'login';
  if (code === 'ETLS') return 'tls';
  if (/CERT|TLS|SSL|ISSUER|SELF_SIGNED/.test(originalCode ?? '')) return 'tls';
  if (code === 'EENVELOPE' && command === 'MAIL FROM') return 'sender';
  if (code === 'EENVELOPE' && command === 'RCPT TO') return 'recipient';
  if (code === 'ESOCKET' && TLS_WORDS.test(message)) return 'tls';
  if (code !== undefined && UNKNOWN_HOST.test(code)) return 'host';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === undefined || UNREACHED.test(code)) return 'connect';
  return 'refused';
}

/** One line without control and direction characters, as it comes from a foreign server. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_REPLY);
