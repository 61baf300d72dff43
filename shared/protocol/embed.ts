/** The chat button on a company's own pages: its state, its pictures, and what the administrator sets about it. */
import { z } from './zod';
import { Language, PersonName, SubscriberCode, base64url } from './common';

/** Name of a button set (T-RS-4), as in `&button=NAME`. */
export const ButtonSetName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);

/** Where a button's picture lies: uploaded here, or on any web server by https. */
export const PictureUrl = z.union([
  z.string().regex(/^\/pictures\/[A-Za-z0-9_-]{22}\.(gif|png|webp)$/),
  z.url({ protocol: /^https$/ }).max(500),
]);

/** Event `state` of GET /api/chat/presence?owner=&button= (server-sent events); sent at once and on every change. */
export const ButtonState = z.object({
  online: z.boolean(),
  /** While offline: whether a message can be left. If not, the button is not shown as a button. */
  offlineMessages: z.boolean(),
  /** Of the set that was asked for; null: the one that the loader draws itself. */
  picture: PictureUrl.nullable(),
});
export type ButtonState = z.infer<typeof ButtonState>;

/** GET /api/chat/card?owner= — what the chat window shows and checks before anything is sealed. */
export const ChatCard = z.object({
  company: PersonName,
  language: Language,
  online: z.boolean(),
  offlineMessages: z.boolean(),
  /** Next opening as epoch ms while closed by the business hours, else null. */
  opensAt: z.number().int().nullable(),
  banner: PictureUrl.nullable(),
  logo: PictureUrl.nullable(),
  identityKey: base64url(32),
  vaultKey: base64url(32),
  /** The identity key's signature on the vault's key. */
  vaultCard: base64url(64),
});
export type ChatCard = z.infer<typeof ChatCard>;

/** Query of `/chat.js`, `/chat` and `/embed/code`: the old names beside ours (T-RS-3). */
export const EmbedQuery = z.object({
  owner: SubscriberCode,
  /** `jp` is the old word for `ja`. */
  lang: z.enum(['ja', 'jp', 'en']).optional(),
  button: ButtonSetName.optional(),
  /** The tenant's identity key, pinned. */
  key: base64url(32).optional(),
});
export type EmbedQuery = z.infer<typeof EmbedQuery>;

/** An origin on which our frames may stand, as `https://www.example.com` or `https://*.example.com`. */
export const AllowedOrigin = z
  .string()
  .max(255)
  .regex(
    /^(https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?)$/,
  );

const Minutes = z
  .number()
  .int()
  .min(0)
  .max(24 * 60);
/** Opening hours of one weekday, in minutes after midnight; an empty list: closed. Later than 24:00 is the next day's. */
export const DayHours = z.array(z.strictObject({ from: Minutes, to: Minutes })).max(4);
export const BusinessHours = z.strictObject({
  /** IANA name, as `Asia/Tokyo`. */
  zone: z.string().max(60),
  /** Sunday first; null: always open. */
  week: z.array(DayHours).length(7).nullable(),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

/** GET and PUT /api/admin/chat */
export const ChatSettings = z.strictObject({
  /** Empty: the button works on every site. */
  origins: z.array(AllowedOrigin).max(50),
  offlineMessages: z.boolean(),
  hours: BusinessHours,
});
export type ChatSettings = z.infer<typeof ChatSettings>;

/** GET /api/admin/buttons → ListedButtonSet[]; PUT and DELETE /api/admin/buttons/:name (T-RS-4) */
export const ButtonSet = z.strictObject({
  name: ButtonSetName,
  online: PictureUrl,
  /** A file name `disabled.*` turns offline messages off for this set (RS-32). */
  offline: PictureUrl,
});
export type ButtonSet = z.infer<typeof ButtonSet>;
export const ListedButtonSet = ButtonSet.extend({
  /** Whether messages may be left with it: an uploaded picture no longer shows how its file was named. */
  offlineMessages: z.boolean(),
});
export type ListedButtonSet = z.infer<typeof ListedButtonSet>;

export const PICTURE_KINDS = { banner: [468, 60], logo: [122, 132], button: null } as const;
export const PictureKind = z.enum(['banner', 'logo', 'button']);
export type PictureKind = z.infer<typeof PictureKind>;
export const MAX_PICTURE_BYTES = 300_000;
export const MAX_BUTTON_SIDE = 600;
/**
 * POST /api/admin/pictures/:kind?name=<file name> (body: the file, as it is) → Picture. `banner` and `logo` replace the
 * one before; DELETE /api/admin/pictures/banner takes it away.
 */
export const UploadedPicture = z.object({
  url: PictureUrl,
  width: z.number().int(),
  height: z.number().int(),
});
export type UploadedPicture = z.infer<typeof UploadedPicture>;
/** GET /api/admin/pictures */
export const Pictures = z.object({ banner: PictureUrl.nullable(), logo: PictureUrl.nullable() });

/** Why a picture was refused; a failure's `fields` holds one of these. */
export const PICTURE_FAULTS = ['type', 'size', 'bytes', 'animated'] as const;
