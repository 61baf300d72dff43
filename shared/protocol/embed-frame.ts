/**
 * The chat window in its frame ⇄ the loader on the company's page (`postMessage`). Each side knows the other's origin (the
 * loader's from its script, the page's from `host=` in the frame's address), sends to it only and takes from it only, and
 * only from the window itself.
 */
import { z } from './zod';
import { PageAddress } from './chat-content';

/** Chat window → loader. */
export const FromChatFrame = z.discriminatedUnion('tasuki', [
  /** It listens now; answered by `open` while it is shown. */
  z.strictObject({ tasuki: z.literal('ready') }),
  /** Hide the window: the person closed it, or pressed Escape in it. */
  z.strictObject({ tasuki: z.literal('close') }),
  /** Messages that nobody has seen yet, for the number on the button. */
  z.strictObject({ tasuki: z.literal('unread'), count: z.number().int().min(0).max(9999) }),
  /** A screen is seen or shown beside the chat: it needs more room. */
  z.strictObject({ tasuki: z.literal('size'), large: z.boolean() }),
  /** A conversation goes on: the window comes back by itself on the next page of the site. */
  z.strictObject({ tasuki: z.literal('going'), on: z.boolean() }),
]);
export type FromChatFrame = z.infer<typeof FromChatFrame>;

/** Loader → chat window; `open` after each time that it is shown, `close` when it is hidden. */
export const ToChatFrame = z.discriminatedUnion('tasuki', [
  z.strictObject({
    tasuki: z.literal('open'),
    /** Where the button was pressed; anything but a web address is left out. */
    page: PageAddress.nullable().catch(null),
    title: z.string().transform((title) => title.slice(0, 200)),
  }),
  z.strictObject({ tasuki: z.literal('close') }),
]);
export type ToChatFrame = z.infer<typeof ToChatFrame>;
