/**
 * Canned replies: texts that operators send often. The tenant's are kept by the administrator, personal ones by each
 * operator. They are no secret: the server keeps them as plain text, and nothing about customers belongs into them.
 */
import { z } from './zod';
import { ChatText } from './chat-content';
import { base64url } from './common';

/** Of the tenant, and of each operator. */
export const MAX_REPLIES = 200;
export const MAX_REPLY_CHARS = 2000;

/** Made by the page that first saves it. */
export const ReplyId = base64url(16);
/** What is typed after `/`: one word in any script, case does not count. */
export const ReplyShortcut = z
  .string()
  .trim()
  .toLowerCase()
  .max(32)
  .regex(/^[\p{L}\p{M}\p{N}_-]+$/u);
export const ReplyText = ChatText.max(MAX_REPLY_CHARS);

/** PUT /api/replies/:id (an operator's own) and PUT /api/admin/replies/:id (the tenant's): new, or instead of the one before. */
export const ReplyWish = z.strictObject({
  shortcut: ReplyShortcut,
  /** `{name}` stands for the customer's name. */
  text: ReplyText,
});
export type ReplyWish = z.infer<typeof ReplyWish>;
// DELETE of the same addresses has no body.

/** GET /api/replies → the tenant's and the operator's own; GET /api/admin/replies → the tenant's. By shortcut. */
export const CannedReply = z.object({
  id: ReplyId,
  shortcut: ReplyShortcut,
  text: ReplyText,
  /** The operator's own; otherwise the tenant's. */
  own: z.boolean(),
});
export type CannedReply = z.infer<typeof CannedReply>;
