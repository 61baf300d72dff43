/** Offline messages, and mail that the server sends. */
import { z } from './zod';
import { Language, PersonName, SubscriberCode, base64url, base64urlUpTo } from './common';
import { ButtonSetName } from './embed';
import { PageQuery } from './http';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/**
 * GET /api/chat/challenge → proof of work that a browser does before it may leave a message (ALTCHA's second
 * format): counters are tried until the key derived from one of them begins with `keyPrefix`.
 */
export const Challenge = z.object({
  parameters: z.object({
    algorithm: z.literal('PBKDF2/SHA-256'),
    cost: z.number().int().min(1).max(100_000),
    /** Epoch seconds. */
    expiresAt: z.number().int().positive(),
    keyLength: z.literal(32),
    keyPrefix: hex(16),
    keySignature: hex(32),
    nonce: hex(16),
    salt: hex(16),
  }),
  signature: hex(32),
});
export type Challenge = z.infer<typeof Challenge>;

/** No challenge of the server takes more tries, so that a browser can tell how much is done. */
export const MOST_PROOF_TRIES = 6000;

/** The challenge as it was, and the counter that solves it. Good once. */
export const Proof = z.object({
  challenge: Challenge,
  solution: z.object({ counter: z.number().int().min(0).max(0xffff_ffff), derivedKey: hex(32) }),
});
export type Proof = z.infer<typeof Proof>;

/** Longest sealed offline message. */
export const MAX_OFFLINE_BOX_CHARS = 30_000;

/** POST /api/chat/offline */
export const NewOfflineMessage = z.strictObject({
  owner: SubscriberCode,
  language: Language,
  /** OfflineContent as JSON, sealed for the vault. */
  box: base64urlUpTo(MAX_OFFLINE_BOX_CHARS),
  proof: Proof,
  /** The set of the button that was pressed: its offline picture may switch messages off (RS-32). */
  button: ButtonSetName.optional(),
  /** A field that people do not see; filled in, the message is refused: `invalid`, naming this field. */
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
export const OfflineQuery = PageQuery.extend({ state: OfflineState.optional() });
export type OfflineQuery = z.infer<typeof OfflineQuery>;
/** PATCH /api/offline/:id → OfflineRow */
export const OfflineChange = z.strictObject({ state: OfflineState });
/** GET /api/offline/unread: messages that are new. */
export const OfflineUnread = z.object({ unread: z.number().int().nonnegative() });

/** GET and PUT /api/me/notices: whether this operator is told of offline messages by mail (without their text). */
export const Notices = z.strictObject({ offlineMail: z.boolean() });
export type Notices = z.infer<typeof Notices>;
/** The answer to both: `address` is where they go, as the administrator entered it; empty: nowhere. */
export const NoticesShown = Notices.extend({ address: z.string().max(254) });
export type NoticesShown = z.infer<typeof NoticesShown>;

const HostName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$|^\[[0-9a-fA-F:]+\]$/);
/**
 * PUT /api/admin/mail; `password` left out: as it was, for the same host, port and user only. GET answers it without the
 * password (MailSettingsShown); DELETE goes back to sending nothing.
 */
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
export const MailSettingsShown = MailSettings.omit({ password: true })
  .extend({ hasPassword: z.boolean() })
  .nullable();
export type MailSettingsShown = z.infer<typeof MailSettingsShown>;
/** The answer of GET and PUT; null: there is no mail server. */
export const MailSettingsAnswer = z.object({ settings: MailSettingsShown });
export type MailSettingsAnswer = z.infer<typeof MailSettingsAnswer>;

/** `plain`: no encryption was asked for, but the host is not on the own network. `unset`: there are no settings. */
export const MAIL_FAULTS = [
  'host',
  'connect',
  'timeout',
  'tls',
  'plain',
  'login',
  'sender',
  'recipient',
  'refused',
  'unset',
] as const;
export type MailFault = (typeof MAIL_FAULTS)[number];
/** What became of a mail; `reply`: the mail server's own words, shown as text. */
export const MailOutcome = z.object({
  sent: z.boolean(),
  fault: z.enum(MAIL_FAULTS).nullable(),
  reply: z.string().max(500),
});
export type MailOutcome = z.infer<typeof MailOutcome>;
/** POST /api/admin/mail/test → MailOutcome; tries these settings as they are, without storing them. */
export const MailTest = z.strictObject({
  settings: MailSettings,
  to: z.email().max(254),
  language: Language,
});
export type MailTest = z.infer<typeof MailTest>;

/** GET /api/session-mail: as whom the tenant's mail server sends; null: there is none, and the desk offers other ways. */
export const SessionMailWay = z.object({ from: z.string().max(254).nullable() });
export type SessionMailWay = z.infer<typeof SessionMailWay>;

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
  /** IANA name of the operator's time zone, in which the end of the validity is told. */
  zone: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9_+/-]+$/),
  /** The eight digits. */
  code: z.string().regex(/^\d{8}$/),
});
export type SessionMail = z.infer<typeof SessionMail>;

/**
 * POST /api/session-mail/own: a draft with the link was opened in the operator's own mail program. Whether it was sent
 * nobody tells us; a customer who comes by the link is then said to have come by `mail`.
 */
export const OwnSessionMail = z.strictObject({ sessionId: SessionMail.shape.sessionId });
export type OwnSessionMail = z.infer<typeof OwnSessionMail>;
