/** What a site that is not among the tenant's own gets in its frame: words instead of a browser's broken picture. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowedOrigin } from '../chat-settings/origins';
import type { Core } from '../core';

/**
 * The site that wants to frame this page, if it tells and is none of the tenant's. Only good for an explanation: it is
 * `frame-ancestors` that a site cannot get around.
 */
export function foreignSite(
  { origins }: Pick<Core, 'origins'>,
  patterns: readonly string[],
  { headers }: FastifyRequest,
): string | null {
  const { referer } = headers;
  if (headers['sec-fetch-dest'] !== 'iframe' || referer === undefined || !URL.canParse(referer)) return null;
  const { origin } = new URL(referer);
  return origins.has(origin) || isAllowedOrigin(patterns, origin) ? null : origin;
}

/** Says so in the language of the snippet; the page has no script and nothing that anybody could press. */
export function refuse(reply: FastifyReply, site: string, english: boolean): FastifyReply {
  const { raw } = reply;
  raw.removeHeader('x-frame-options');
  raw.setHeader('cross-origin-resource-policy', 'cross-origin');
  raw.setHeader('content-security-policy', "default-src 'none'; frame-ancestors *");
  return reply
    .code(403)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(english ? page('en', EN, site) : page('ja', JA, site));
}

interface Words {
  title: string;
  text: string;
  todo: string;
}
const EN: Words = {
  title: 'Support cannot be shown here',
  text: 'The company has not allowed this site: ',
  todo: 'If it is yours, add it in the administration under “Embedding”, “Sites that may show chat and number box”.',
};
const JA: Words = {
  title: 'ここにはサポートを表示できません',
  text: 'このサイトは、会社が許可したサイトに含まれていません：',
  todo: '自社のサイトの場合は、管理画面の「組込方法」の「チャットと番号入力欄を表示できるサイト」に追加してください。',
};

/** An origin, as URL made it, has no character that means something in HTML. */
const page = (lang: string, { title, text, todo }: Words, site: string): string =>
  `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
  `<title>${title}</title><body><h1>${title}</h1><p>${text}<b>${site}</b></p><p>${todo}</p></body></html>`;
