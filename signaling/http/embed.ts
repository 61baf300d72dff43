/**
 * What stands on other people's pages: the loader, and the two pages that may be framed there. Every other page refuses
 * to be framed.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { frameAncestors } from '../chat-settings/origins';
import type { Core } from '../core';
import { findChatSettings } from '../store/chat-settings';
import { findTenant } from '../store/tenants';
import type { App } from './app';
import { previewRoute } from './embed-preview';
import { foreignSite, refuse } from './embed-refusal';

/**
 * The addresses in the blocks that companies pasted long ago (T-RS-3, RS-19, RS-25): with nothing but their host changed
 * they go on working. Box and loader know the old names of the parameters themselves.
 */
const OLD = {
  box: '/web/customer/newsession.asp',
  loader: '/web/an/ann4.asp',
  /** In a link behind the script. */
  picture: '/images/monitor.gif',
};
const FRAMED_PAGES = ['/chat', '/embed/code', OLD.box];
const LOADERS = ['/chat.js', OLD.loader];
const HIDDEN = { schema: { hide: true } };

/** One transparent pixel: all there is to see is that no picture is missing. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Needs `sendFile`, so it comes after the pages. */
export function embedRoutes(app: App, core: Core): void {
  if (!core.clientDir) return;
  const onRequest = framable(core);
  for (const page of FRAMED_PAGES) {
    app.get(page, { ...HIDDEN, onRequest }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html'),
    );
  }
  for (const loader of LOADERS) {
    app.get(loader, HIDDEN, (_request, reply) =>
      forAnyPage(reply).header('cache-control', 'public, max-age=300').sendFile('chat.js'),
    );
  }
  app.get(OLD.picture, HIDDEN, (_request, reply) =>
    forAnyPage(reply).header('cache-control', 'public, max-age=86400').type('image/gif').send(PIXEL),
  );
  previewRoute(app);
}

/** Any page may load it; it brings nothing of anybody. */
const forAnyPage = (reply: FastifyReply): FastifyReply =>
  reply.header('cross-origin-resource-policy', 'cross-origin');

/** Lets the tenant's own sites frame a page. */
const framable = (core: Core) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { raw } = reply;
  const tenant = await findTenant(core.db);
  if (!tenant) return; // before set-up there is nothing to show
  const { origins } = await findChatSettings(core.db, tenant.id);
  const foreign = foreignSite(core, origins, request);
  if (foreign !== null) return refuse(reply, foreign, /[?&]lang=en/.test(request.url));
  setFrameAncestors(raw, frameAncestors(origins));
  raw.setHeader('cross-origin-resource-policy', 'cross-origin');
  // The window that goes on with a conversation from the frame must stay in touch with it.
  raw.setHeader('cross-origin-opener-policy', 'unsafe-none');
};

/** Changes who may frame the page, in the policy that every answer has. */
export function setFrameAncestors(raw: FastifyReply['raw'], sources: string): void {
  const policy = String(raw.getHeader('content-security-policy'));
  raw.setHeader(
    'content-security-policy',
    policy.replace(/frame-ancestors [^;]*/, () => `frame-ancestors ${sources}`),
  );
  raw.removeHeader('x-frame-options');
}
