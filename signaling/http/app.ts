/** The HTTP side: one Fastify, its hooks in order, then the routes. */
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROTOCOL_VERSION } from '../../shared/protocol/common';
import { ProtocolError, type Failure } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import type { Core } from '../core';
import { adminRoutes } from './admin';
import { chatPublicRoutes } from './chat-public';
import { chatSettingsRoutes } from './chat-settings';
import { embedRoutes } from './embed';
import { blockRoutes } from './blocks';
import { chatRoutes } from './chats';
import { deviceRoutes } from './devices';
import { installFailures } from './failures';
import { installGuard } from './guard';
import { healthRoutes } from './health';
import { helperRoutes } from './helper';
import { mailRoutes } from './mail';
import { offlineRoutes } from './offline';
import { pageRoutes } from './pages';
import { pictureRoutes } from './pictures';
import { presenceRoutes } from './presence';
import { publicRoutes } from './public';
import { replyRoutes } from './replies';
import { installSecurityHeaders } from './security-headers';
import { sessionMailRoutes } from './session-mail';
import { setUpRoutes } from './set-up';
import { signInRoutes } from './sign-in';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the person behind the request is. */
    address: string;
  }
}

/** Largest request body; the largest message, set-up, needs less than 2 KiB. */
const BODY_LIMIT = 32 * 1024;

/** A bare Fastify; it makes the logger, so it comes before everything that logs. */
export function createHttp(level: string): App {
  return Fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    // Logs go to standard error: standard output is for the links.
    logger: level === 'silent' ? false : { level, stream: process.stderr },
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, _request, reply) => {
      const failure: Failure = { ok: false, error: 'not_found' };
      void (reply as FastifyReply).code(404).send(failure);
    },
  }).withTypeProvider<ZodTypeProvider>();
}

/** Everything that will be registered from now on, as `METHOD /path`; a test walks over them. */
export function collectRoutes(app: App): Set<string> {
  const routes = new Set<string>();
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.add(`${each} ${url}`);
  });
  return routes;
}

/** Hangs hooks and routes onto the bare Fastify. */
export async function buildHttp(app: App, core: Core): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('address', '');
  acceptJsonOnly(app);
  installFailures(app, core);
  measureAndLimit(app, core);
  await installSecurityHeaders(app, core);
  await app.register(cookie);
  installGuard(app, core);
  await app.register(swagger, {
    openapi: { info: { title: 'Tasuki', version: String(PROTOCOL_VERSION) } },
    transform: jsonSchemaTransform,
  });
  // A plugin of its own, so that the routes come after swagger's own hook.
  await app.register(async (scope: App) => {
    publicRoutes(scope, core);
    setUpRoutes(scope, core);
    signInRoutes(scope, core);
    adminRoutes(scope, core);
    deviceRoutes(scope, core);
    chatRoutes(scope, core);
    blockRoutes(scope, core);
    healthRoutes(scope, core);
    helperRoutes(scope, core);
    replyRoutes(scope, core);
    chatSettingsRoutes(scope, core);
    chatPublicRoutes(scope, core);
    presenceRoutes(scope, core);
    await pictureRoutes(scope, core);
    offlineRoutes(scope, core);
    mailRoutes(scope, core);
    sessionMailRoutes(scope, core);
    await pageRoutes(scope, core);
    embedRoutes(scope, core);
  });
  await app.ready();
}

/** A form of another site can send text or form data without asking; it cannot send JSON. */
function acceptJsonOnly(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}

const UNLIMITED = new Set(['/healthz', '/readyz', '/metrics']);

function measureAndLimit(app: App, { addressOf, limiters, metrics }: Core): void {
  app.addHook('onRequest', async (request, reply) => {
    request.address = addressOf(request.raw);
    if (UNLIMITED.has(request.url.split('?', 1)[0] ?? '')) return;
    try {
      await limiters.requestsPerAddress.take(limitKey(request.address));
    } catch (error) {
      if (error instanceof ProtocolError) reply.header('connection', 'close');
      throw error;
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const status = reply.statusCode;
    metrics.http.observe({ method, route, status }, reply.elapsedTime / 1000);
    // The route's pattern, never the URL: what a person typed does not belong into a log.
    request.log.debug(
      { method, route, status, address: request.address, ms: Math.round(reply.elapsedTime) },
      'http',
    );
  });
}
