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
/** How soon a page asks again whose stream broke. */
const RETRY_MS = 3 * SECOND;
/** …and one that got the state alone, spread so that the pages of one office do not all ask at once. */
const POLL_MS = 60 * SECOND;
/** A page that reads nothing any more. */
const MAX_UNREAD_BYTES = 64 * 1024;

export function presenceRoutes(app: App, core: Core): void {
  const slots = new Slots(core.config.limits.streamsPerAddress, () =>
    core.metrics.limited('streams_per_address'),
  );
  const streams = new Set<() => void>();
  // They have no end of their own.
  app.addHook('preClose', async () => {
    for (const close of streams) close();
  });
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
      // A page too many is told the state and asks again later: a button that stays away is worse than a slow one.
      const stream = open(reply, release ? RETRY_MS : Math.round(POLL_MS * (1 + Math.random())));
      streams.add(stream.close);
      const stopBeating = core.clock.every(BEAT_MS, async () => stream.write(':\n\n'));
      const ended = new Promise<void>((resolve) => stream.closed(resolve));
      const forget = await core.buttons
        .watch(button, (state) => stream.write(eventOf(state)))
        .catch((error: unknown) => {
          core.log.error({ err: error, route: '/api/chat/presence' }, 'request failed');
          stream.close();
          return () => undefined;
        });
      if (!release) stream.close();
      void ended.then(() => {
        streams.delete(stream.close);
        stopBeating();
        forget();
        release?.();
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

/** Takes the answer out of Fastify's hands and keeps it open. */
function open(reply: FastifyReply, retryMs: number) {
  reply.hijack();
  const { raw } = reply;
  const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  raw.writeHead(200, {
    ...(Object.fromEntries(headers) as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    // Neither kept nor compressed on the way, which would hold events back.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${retryMs}\n\n`);
  return {
    write(text: string) {
      if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
      else if (!raw.destroyed && !raw.writableEnded) raw.write(text);
    },
    close: () => raw.end(),
    closed(then: () => void) {
      if (raw.destroyed) then();
      else raw.once('close', then);
    },
  };
}
