import { z } from 'zod';
import { ProtocolError } from '../../shared/protocol/errors';
import { isLoopback } from '../address';
import type { Core } from '../core';
import { sameSecret } from '../secrets';
import { storeAnswers } from '../store/open';
import type { App } from './app';

const Health = z.object({ ok: z.boolean() });

export function healthRoutes(app: App, core: Core): void {
  const { config, db, metrics } = core;

  app.get('/healthz', { schema: { hide: true, response: { 200: Health } } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { ok: true };
  });

  app.get(
    '/readyz',
    { schema: { hide: true, response: { 200: Health, 503: Health } } },
    async (_request, reply) => {
      const ok = core.ready() && (await storeAnswers(db));
      return reply
        .header('cache-control', 'no-store')
        .code(ok ? 200 : 503)
        .send({ ok });
    },
  );

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const { authorization } = request.headers;
    const allowed = config.metricsToken
      ? sameSecret(authorization ?? '', `Bearer ${config.metricsToken}`)
      : // A proxy on this machine makes the whole world look local, but it says that it is one.
        isLoopback(request.address) && request.headers['x-forwarded-for'] === undefined;
    if (!allowed) throw new ProtocolError('not_found');
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
