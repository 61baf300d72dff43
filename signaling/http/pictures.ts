/** Pictures: uploaded by the administrator as they are, shown to everybody. */
import { z } from 'zod';
import { MAX_PICTURE_BYTES, PictureKind, Pictures, UploadedPicture } from '../../shared/protocol/embed';
import { ProtocolError } from '../../shared/protocol/errors';
import { currentPicture, removePicture, uploadPicture } from '../chat-settings/pictures';
import type { Core } from '../core';
import { findPicture } from '../store/pictures';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });
const FileName = z.object({ name: z.string().max(255).default('') });
const Slot = z.object({ kind: z.enum(['banner', 'logo']) });

export async function pictureRoutes(app: App, core: Core): Promise<void> {
  const { db, chatSettings } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get('/api/admin/pictures', { onRequest, schema: { response: { 200: Pictures } } }, async (request) => {
    const { id } = whoAsks(request).tenant;
    return { banner: await currentPicture(db, id, 'banner'), logo: await currentPicture(db, id, 'logo') };
  });

  app.delete(
    '/api/admin/pictures/:kind',
    { onRequest, schema: { params: Slot, response: { 200: Done } } },
    async (request) => {
      await removePicture(chatSettings, whoAsks(request).tenant, authorOf(request), request.params.kind);
      return { ok: true as const };
    },
  );

  // A scope of its own: only here a body is taken that is not JSON. A form of another site cannot send this type either.
  await app.register(async (scope: App) => {
    scope.addContentTypeParser(
      /^(image\/[a-z0-9.+-]+|application\/octet-stream)$/,
      { parseAs: 'buffer', bodyLimit: MAX_PICTURE_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      '/api/admin/pictures/:kind',
      {
        onRequest,
        bodyLimit: MAX_PICTURE_BYTES,
        schema: {
          params: z.object({ kind: PictureKind }),
          querystring: FileName,
          response: { 200: UploadedPicture },
        },
      },
      async (request) => {
        if (!Buffer.isBuffer(request.body)) throw new ProtocolError('invalid', { fields: ['type'] });
        const upload = { kind: request.params.kind, name: request.query.name, bytes: request.body };
        return uploadPicture(chatSettings, whoAsks(request).tenant, authorOf(request), upload);
      },
    );
  });

  app.get<{ Params: { file: string } }>(
    '/pictures/:file',
    { schema: { hide: true } },
    async (request, reply) => {
      const [, id = '', type = ''] = /^([\w-]{22})\.(gif|png|webp)$/.exec(request.params.file) ?? [];
      const picture = id === '' ? undefined : await findPicture(db, id);
      if (picture?.type !== type) return reply.callNotFound();
      return reply
        .type(`image/${type}`)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-security-policy', "default-src 'none'")
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(Buffer.from(picture.data, 'base64'));
    },
  );
}
