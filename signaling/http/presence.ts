/** GET /api/chat/presence: the state of a chat button on a company's own pages, as server-sent events (RS-124). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ButtonSetName, type ButtonState } from '../../shared/protocol/embed';
import { SubscriberCode } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { isAllowedOrigin } from '../chat-settings/origins';
import { Slots } from '../chat-settings/slots';
import { SECOND } from '../clock';
import type { Core } from '../core';
import { findChatSettings } from '../store/chat-settings';
import { findTenant } from '../store/tenants';
import type { App } from './app';

/** The loader writes `button=` where no set is asked for. */
const Query = z.object({ owner: SubscriberCode, button: z.literal('').or(ButtonSetName).default('') });
/** Proxies close what is silent for long. */
const BEAT_MS = 15 * SECOND;

export function presenceRoutes(app: App, core: Core): void {
  const slots = new Slots(core.config.limits.streamsPerAddress, () =>
    core.metrics.limited('streams_per_address'),
  );
  app.get(
    '/api/chat/presence',
    // A HEAD request would hold a stream that nobody reads.
    { exposeHeadRoute: false, schema: { querystring: Query } },
    async (request, reply) => {
      const { owner, button } = request.query;
      const tenant = await findTenant(core.db);
      if (tenant?.subscriber !== owner) throw new ProtocolError('not_found');
      await allowOrigin(core, tenant.id, request, reply);
      const release = slots.take(limitKey(request.address));
      const stream = core.streams.open(reply);
      const stopBeating = core.clock.every(BEAT_MS, async () => stream.write(':\n\n'));
      const ended = new Promise<void>((resolve) => stream.closed(resolve));
      const forget = await core.buttons
        .watch(button, (state) => stream.write(eventOf(state)))
        .catch((error: unknown) => {
          core.log.error({ err: error, route: '/api/chat/presence' }, 'request failed');
          stream.close();
          return () => undefined;
        });
      void ended.then(() => {
        stopBeating();
        forget();
        release();
      });
    },
  );
}

const eventOf = (state: ButtonState): string => `event: state\ndata: ${JSON.stringify(state)}\n\n`;

/** Lets the tenant's own sites read the answer. @throws ProtocolError `not_allowed` for other sites */
async function allowOrigin(
  { db, origins }: Core,
  tenantId: string,
  { headers: { origin } }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { origins: patterns } = await findChatSettings(db, tenantId);
  if (patterns.length === 0) {
    reply.header('access-control-allow-origin', '*');
    return;
  }
  reply.header('vary', 'origin');
  if (origin === undefined || origins.has(origin)) return; // our own pages
  if (!isAllowedOrigin(patterns, origin)) throw new ProtocolError('not_allowed');
  reply.header('access-control-allow-origin', origin);
}
