/** Offline messages, and mail that the server sends. */
import { z } from './zod';
import { Language, PersonName, SubscriberCode, base64url, base64urlUpTo } from './common';

/** GET /api/chat/challenge → proof of work that a browser does before it may leave a message (ALTCHA's format). */
export const Challenge = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().regex(/^[0-9a-f]{64}$/),
  salt: z.string().max(200),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
  maxnumber: z.number().int().positive(),
});
export type Challenge = z.infer<typeof Challenge>;

/** Longest sealed offline message. */
export const MAX_OFFLINE_BOX_CHARS = 30_000;

/** POST /api/chat/offline */
export const NewOfflineMessage = z.strictObject({
  owner: SubscriberCode,
  language: Language,
  /** OfflineContent as JSON, sealed for the vault. */
  box: base64urlUpTo(MAX_OFFLINE_BOX_CHARS),
  /** ALTCHA's payload in base64. */
  proof: z.string().max(2000),
  /** A field that people do not see; a program that fills it in is thanked and forgotten. */
  website: z.string().max(200),
});
export type NewOfflineMessage = z.infer<typeof NewOfflineMessage>;

export const OFFLINE_STATES = ['new', 'answered', 'closed'] as const;
export const OfflineState = z.enum(OFFLINE_STATES);
export type OfflineState = z.infer<typeof OfflineState>;
/** GET /api/offline?before=&limit=&state= → OfflineRow[], for operators and administrators. */
export const OfflineRow = z.object({
  id: base64url(16),
  at: z.number().int(),
  language: Language,
  state: OfflineState,
  /** Who changed the state last, and when. */
  by: PersonName.nullable(),
  changedAt: z.number().int().nullable(),
  box: base64urlUpTo(MAX_OFFLINE_BOX_CHARS),
});
export type OfflineRow = z.infer<typeof OfflineRow>;
/** PATCH /api/offline/:id */
export const OfflineChange = z.strictObject({ state: OfflineState });

/** GET and PUT /api/me/notices: whether this operator is told of offline messages by mail (without their text). */
export const Notices = z.strictObject({ offlineMail: z.boolean() });
export type Notices = z.infer<typeof Notices>;

const HostName = z.string().trim().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$|^\[[0-9a-fA-F:]+\]$/);
/** PUT /api/admin/mail; `password` left out: as it was. GET answers it without the password (MailSettingsShown). */
export const MailSettings = z.strictObject({
  host: HostName,
  port: z.number().int().min(1).max(65535),
  /** tls: from the first byte; starttls: required before anything is said; none: only for a host on the own network. */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(200),
  password: z.string().max(500).optional(),
  fromName: PersonName,
  fromAddress: z.email().max(254),
});
export type MailSettings = z.infer<typeof MailSettings>;
export const MailSettingsShown = MailSettings.omit({ password: true }).extend({ hasPassword: z.boolean() }).nullable();
export type MailSettingsShown = z.infer<typeof MailSettingsShown>;

/** What became of a mail; `reply`: the mail server's own words, shown as text. */
export const MAIL_FAULTS = ['connect', 'tls', 'login', 'sender', 'recipient', 'refused', 'unset'] as const;
export const MailOutcome = z.object({
  sent: z.boolean(),
  fault: z.enum(MAIL_FAULTS).nullable(),
  reply: z.string().max(500),
});
export type MailOutcome = z.infer<typeof MailOutcome>;
/** POST /api/admin/mail/test → MailOutcome; tries these settings as they are, without storing them. */
export const MailTest = z.strictObject({ settings: MailSettings, to: z.email().max(254) });

/**
 * POST /api/session-mail → MailOutcome (RS-72–74). The desk made the link; the code in its fragment passes through the
 * server this once (ADR), which neither keeps nor logs it. `unset`: no SMTP settings; the desk opens the operator's own
 * mail program instead.
 */
export const SessionMail = z.strictObject({
  sessionId: base64url(16),
  to: z.email().max(254),
  customerName: PersonName,
  language: Language,
  /** The eight digits. */
  code: z.string().regex(/^\d{8}$/),
});
export type SessionMail = z.infer<typeof SessionMail>;
