/** Blocked addresses: administrators see them and lift them. */
import { z } from 'zod';
import { BlockId, BlockRow, MAX_BLOCKS_SHOWN } from '../../shared/protocol/blocks';
import { liftBlock } from '../chat/blocks';
import type { Core } from '../core';
import { listBlocks } from '../store/blocks';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });

export function blockRoutes(app: App, core: Core): void {
  const { db, clock } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get(
    '/api/admin/blocks',
    { onRequest, schema: { response: { 200: z.array(BlockRow) } } },
    async (request) => listBlocks(db, whoAsks(request).tenant.id, clock.now(), MAX_BLOCKS_SHOWN),
  );

  app.delete(
    '/api/admin/blocks/:id',
    { onRequest, schema: { params: z.object({ id: BlockId }), response: { 200: Done } } },
    async (request) => {
      await liftBlock(core, whoAsks(request).tenant.id, authorOf(request), request.params.id);
      return { ok: true as const };
    },
  );
}
