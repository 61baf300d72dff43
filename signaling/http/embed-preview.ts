/** A page with nothing but the snippet, for the administrator's preview; with the policy that strict sites have. */
import { z } from 'zod';
import { EmbedQuery } from '../../shared/protocol/embed';
import { POSITIONS, snippetOf, SNIPPETS } from '../../shared/protocol/embed-snippets';
import type { App } from './app';

const Query = EmbedQuery.extend({
  what: z.enum(SNIPPETS).default('chat'),
  auto: z.literal('1').optional(),
  exe: z.literal('1').optional(),
  position: z.enum(POSITIONS).default('bottom-right'),
});

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self' https:",
  "frame-ancestors 'self'",
].join('; ');

export function previewRoute(app: App): void {
  app.get('/embed/preview', { schema: { hide: true, querystring: Query } }, (request, reply) => {
    const { what, owner, lang = 'ja', button = '', key = null, position, auto, exe } = request.query;
    const language = lang === 'en' ? 'en' : 'ja';
    reply.raw.removeHeader('x-frame-options');
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY);
    reply.header('cache-control', 'no-store');
    const options = { language, button, position, key, auto: auto === '1', helper: exe === '1' } as const;
    // Everything that is put in has passed the schema, whose characters mean nothing in HTML.
    const snippet = snippetOf(what, { origin: '', owner, ...options });
    return reply.send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
        // Links leave the administrator's page where it is; the pages behind them would not be shown in a frame.
        `<meta name="viewport" content="width=device-width"><base target="_blank"><title>Preview</title><body>${snippet}</body></html>`,
    );
  });
}
