/** One mail before it has a form on the wire. Names and addresses are kept apart, so that neither can become a header. */
import type { SendMailOptions } from 'nodemailer';

export interface Address {
  name: string;
  address: string;
}

export interface Mail {
  to: Address;
  replyTo?: Address | undefined;
  subject: string;
  text: string;
  html: string;
  /** No person wrote it: other programs must not answer (RFC 3834). */
  automatic: boolean;
}

/** For nodemailer, which encodes and folds; it may neither read files nor fetch anything for a mail. */
export const mailOptions = (mail: Mail, from: Address): SendMailOptions => ({
  from,
  to: mail.to,
  ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  ...(mail.automatic ? { headers: { 'Auto-Submitted': 'auto-generated' } } : {}),
  disableFileAccess: true,
  disableUrlAccess: true,
});
