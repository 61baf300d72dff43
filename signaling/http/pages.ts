/** The built client: one shell for all pages, hashed assets for ever, everything compressed beforehand. */
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core';
import type { App } from './app';
import { beforeSetUp } from './set-up';

const PAGES = ['/', '/c/:subscriber', '/desk', '/desk/*', '/admin', '/admin/*'];
const SHELL = 'index.html';
/** No dot segments, no dot files. */
const PLAIN_PATH = /^([\w-][\w.-]*\/)*[\w-][\w.-]*$/;
const FOR_EVER = 'public, max-age=31536000, immutable';
const HIDDEN = { schema: { hide: true } };

export async function pageRoutes(app: App, core: Core): Promise<void> {
  const { clientDir } = core;
  if (!clientDir) {
    core.log.warn('the client is not built: only the API is served');
    return;
  }
  await app.register(fastifyStatic, {
    root: clientDir,
    serve: false,
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
  });

  // The compressed and the plain file share one address.
  app.addHook('onSend', async (_request, reply) => {
    if (reply.hasHeader('etag')) reply.header('vary', 'accept-encoding');
  });

  const shell = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile(SHELL);
  for (const page of PAGES) app.get(page, HIDDEN, shell);
  app.get('/setup', { ...HIDDEN, onRequest: beforeSetUp(core) }, shell);

  app.get<{ Params: { '*': string } }>('/assets/*', HIDDEN, (request, reply) =>
    PLAIN_PATH.test(request.params['*'])
      ? reply.header('cache-control', FOR_EVER).sendFile(`assets/${request.params['*']}`)
      : reply.callNotFound(),
  );
  // Icons and the like at the top. Nothing of the build's own bookkeeping (`.vite`) is served: it is a dot folder.
  app.get<{ Params: { file: string } }>('/:file', HIDDEN, (request, reply) =>
    /^[\w-]+\.(svg|png|ico|webmanifest|txt|js|json)$/.test(request.params.file)
      ? reply.header('cache-control', 'no-cache').sendFile(request.params.file)
      : reply.callNotFound(),
  );
}
