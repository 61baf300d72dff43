/** Canned replies: each operator's own, and the administrator's for everybody. */
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { CannedReply, ReplyId, ReplyWish } from '../../shared/protocol/replies';
import type { Core } from '../core';
import { removeReply, repliesOf, saveReply, type ReplyOwner } from '../replies/replies';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });
const params = z.object({ id: ReplyId });

/** Routes of shared/protocol/replies.ts. */
export function replyRoutes(app: App, core: Core): void {
  const roles = [
    { path: '/api/replies', role: 'operator', owner: personal },
    { path: '/api/admin/replies', role: 'administrator', owner: tenants },
  ] as const;

  for (const { path, role, owner } of roles) {
    const onRequest = onlyFor(core, role);

    app.get(path, { onRequest, schema: { response: { 200: z.array(CannedReply) } } }, async (request) => {
      const { tenant, account } = whoAsks(request);
      return repliesOf(core, tenant.id, role === 'operator' ? account.id : null);
    });

    app.put(
      `${path}/:id`,
      { onRequest, schema: { params, body: ReplyWish, response: { 200: Done } } },
      async (request) => {
        await saveReply(core, owner(request), request.params.id, request.body);
        return { ok: true as const };
      },
    );

    app.delete(`${path}/:id`, { onRequest, schema: { params, response: { 200: Done } } }, async (request) => {
      await removeReply(core, owner(request), request.params.id);
      return { ok: true as const };
    });
  }
}

function personal(request: FastifyRequest): ReplyOwner {
  const { tenant, account } = whoAsks(request);
  return { tenantId: tenant.id, account: account.id };
}

function tenants(request: FastifyRequest): ReplyOwner {
  return { tenantId: whoAsks(request).tenant.id, author: authorOf(request) };
}
