/** What stands inside sealed chat frames. The server never sees any of this. */
import { z } from './zod';
import { Mode, PersonName, SessionId, wholeCharacters } from './common';
import { Card } from './relay';

/** Longest text of one message. */
export const MAX_CHAT_CHARS = 4000;

/** Text of people: no control characters but line breaks and tab, and nothing that turns the direction of what follows. */
const FORBIDDEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
export const ChatText = z
  .string()
  .min(1)
  .max(MAX_CHAT_CHARS)
  .refine((text) => !FORBIDDEN.test(text.replace(/[\n\t]/g, '')))
  .overwrite(wholeCharacters);

/** The page on which the button was pressed; only shown, never opened by itself. */
export const PageAddress = z.url({ protocol: /^https?$/ }).max(2000);

export const ChatContent = z.discriminatedUnion('t', [
  /** Always the customer's first message. */
  z.strictObject({
    t: z.literal('question'),
    name: PersonName,
    text: ChatText,
    page: PageAddress.nullable(),
    title: z.string().max(200),
    /** As `Chrome 140 on Windows`. */
    browser: z.string().max(120),
    /** BCP 47, of the browser. */
    language: z.string().max(35),
  }),
  /** `by`: which of the staff wrote it. */
  z.strictObject({ t: z.literal('text'), text: ChatText, by: PersonName.optional() }),
  /** operator → customer: asks for a remote session, which the server knows by the same id. */
  z.strictObject({
    t: z.literal('request'),
    sessionId: SessionId,
    mode: Mode,
    windowsOnly: z.boolean(),
    card: Card,
  }),
  /** customer → operator: the answer to it. */
  z.strictObject({ t: z.literal('answer'), sessionId: SessionId, granted: z.boolean() }),
  /** operator → customer: `by` brought a colleague in, who reads everything from now on. */
  z.strictObject({ t: z.literal('guest'), name: PersonName, by: PersonName }),
]);
export type ChatContent = z.infer<typeof ChatContent>;

/** What a visitor adds to the rating, as JSON, sealed for the vault. */
export const RatingComment = ChatText;

/** Sealed for the vault as one box: what was left while nobody was there. */
export const OfflineContent = z.strictObject({
  name: PersonName,
  mail: z.email().max(254),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)
    .overwrite(wholeCharacters),
  text: ChatText,
  page: PageAddress.nullable(),
  browser: z.string().max(120),
  language: z.string().max(35),
});
export type OfflineContent = z.infer<typeof OfflineContent>;
