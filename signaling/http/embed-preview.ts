/** A page with nothing but the snippet, for the administrator's preview; with the policy that strict sites have. */
import { z } from 'zod';
import { EmbedQuery } from '../../shared/protocol/embed';
import type { App } from './app';

const Query = EmbedQuery.extend({
  what: z.enum(['chat', 'box']).default('chat'),
  auto: z.literal('1').optional(),
  exe: z.literal('1').optional(),
  position: z.enum(['bottom-right', 'bottom-left', 'inline']).default('bottom-right'),
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
    const { what, owner, lang = 'ja', button, key, position, auto, exe } = request.query;
    const more = `${auto ? '&amp;auto=1' : ''}${exe ? '&amp;exe=1' : ''}`;
    const language = lang === 'en' ? 'en' : 'ja';
    reply.raw.removeHeader('x-frame-options');
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY);
    reply.header('cache-control', 'no-store');
    // Everything that is put in has passed the schema, whose characters mean nothing in HTML.
    const attributes = [
      `data-owner="${owner}" data-lang="${language}" data-position="${position}"`,
      ...(button === undefined ? [] : [`data-button="${button}"`]),
      ...(key === undefined ? [] : [`data-key="${key}"`]),
    ].join(' ');
    const box = `<iframe src="/embed/code?owner=${owner}&amp;lang=${language}${more}" width="360" height="420" frameborder="0" title="Tasuki" allow="display-capture"></iframe>`;
    const chat = `${position === 'inline' ? PLACE : ''}<script async src="/chat.js" ${attributes}></script>`;
    return reply.send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
        `<meta name="viewport" content="width=device-width"><title>Preview</title><body>${what === 'box' ? box : chat}</body></html>`,
    );
  });
}

/** Keeps the button's place until the loader is there. */
const PLACE = '<svg data-tasuki width="240" height="56" aria-hidden="true"></svg>';
