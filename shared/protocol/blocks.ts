/** Addresses that operators have blocked, as administrators see them. */
import { z } from './zod';
import { base64urlUpTo } from './common';
import { ChatId } from './chat';

export const BlockId = base64urlUpTo(43);

/** The longest list; blocks last a week at most. */
export const MAX_BLOCKS_SHOWN = 500;

/** GET /api/admin/blocks → BlockRow[], the present ones. DELETE /api/admin/blocks/:id lifts one; both for administrators. */
export const BlockRow = z.object({
  id: BlockId,
  /** Epoch ms; null, as who and where: blocked before that was kept. */
  since: z.number().int().nullable(),
  until: z.number().int(),
  byId: z.string().nullable(),
  byName: z.string().nullable(),
  chatId: ChatId.nullable(),
  /** Of that conversation; null once it is forgotten. */
  chatStartedAt: z.number().int().nullable(),
  address: z.string().max(45).nullable(),
});
export type BlockRow = z.infer<typeof BlockRow>;
