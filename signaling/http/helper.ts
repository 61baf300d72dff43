/**
 * The helper's builds, for everybody. The page that offers one names the file (the name carries the helper's secret), so
 * nothing here names it, redirects, or looks at the query.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Failure } from '../../shared/protocol/errors';
import { HelperDownload, HelperDownloads } from '../../shared/protocol/http';
import type { Core } from '../core';
import type { App } from './app';

/** What the build writes down of each file (scripts/helper-build.mjs). */
const Build = HelperDownload.extend({ file: z.string().regex(/^[a-z0-9-]+(\.exe)?$/) });
type Build = z.infer<typeof Build>;

const BINARY = 'application/octet-stream';
const WINDOWS = 'application/vnd.microsoft.portable-executable';
/** What one checks a build by; shown by browsers where they can. */
const PAPERS: Record<string, string> = {
  SHA256SUMS: 'text/plain; charset=utf-8',
  'SHA256SUMS.sig': BINARY,
  'sbom.json': 'application/vnd.cyclonedx+json',
  'signing-key.pub': 'application/x-pem-file',
};

export function helperRoutes(app: App, { helperDir }: Core): void {
  app.get('/api/helper', { schema: { response: { 200: HelperDownloads } } }, async () => {
    const builds = await buildsIn(helperDir);
    const signed = builds.length > 0 && (await exists(join(helperDir ?? '', 'SHA256SUMS.sig')));
    return { builds, signed };
  });

  app.get<{ Params: { file: string } }>(
    '/helper/:file',
    { schema: { hide: true } },
    async (request, reply) => {
      const { file } = request.params;
      const paper = Object.hasOwn(PAPERS, file) ? PAPERS[file] : undefined;
      if (helperDir && paper) return send(request, reply, join(helperDir, file), paper);
      const build = (await buildsIn(helperDir)).find(({ path }) => path === `/helper/${file}`);
      if (!helperDir || !build) return notBuilt(request, reply);
      // Without a file name: one in this header would win over the page's, and the secret with it be lost.
      reply.header('content-disposition', 'attachment');
      const type = build.suffix === '.exe' ? WINDOWS : BINARY;
      return send(request, reply, join(helperDir, build.file), type, build.sha256);
    },
  );
}

/** Read anew each time: the helper may be built while the server runs. */
async function buildsIn(folder: string | undefined): Promise<Build[]> {
  if (!folder) return [];
  try {
    return z.array(Build).parse(JSON.parse(await readFile(join(folder, 'builds.json'), 'utf8')));
  } catch {
    return [];
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** The whole file, or nothing when the browser has this very one already. */
async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
  type: string,
  tag?: string,
): Promise<FastifyReply> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return notBuilt(request, reply);
  const etag = `"${tag ?? `${found.size}-${Math.round(found.mtimeMs)}`}"`;
  reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) return reply.code(304).send();
  reply.type(type).header('content-length', found.size);
  return reply.send(createReadStream(file));
}

function notBuilt(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(404).header('cache-control', 'no-store').removeHeader('content-disposition');
  return request.headers.accept?.includes('text/html')
    ? reply.type('text/html; charset=utf-8').send(NOT_BUILT_PAGE)
    : reply.send({ ok: false, error: 'not_found' } satisfies Failure);
}

const NOT_BUILT_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>404 – Tasuki</title><h1>The helper is not available</h1>
<p>This server does not have the helper for your system. The session can go on without it. <a href="/">Start page</a></p>
<p lang="ja">このサーバーには、お使いのシステム用のヘルパーがありません。ヘルパーなしでもセッションを続けられます。<a href="/">トップページ</a></p></html>
`;
