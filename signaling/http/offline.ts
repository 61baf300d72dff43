/** Messages that visitors leave, the desk's inbox of them, and who is told by mail. */
import { z } from 'zod';
import { base64url } from '../../shared/protocol/common';
import {
  Challenge,
  NewOfflineMessage,
  Notices,
  NoticesShown,
  OfflineChange,
  OfflineQuery,
  OfflineRow,
  OfflineUnread,
} from '../../shared/protocol/mail';
import type { Core } from '../core';
import { changeState } from '../offline/inbox';
import { leaveMessage } from '../offline/leave';
import { changeNotices, noticesOf, sendNotices } from '../offline/notices';
import { newChallenge } from '../offline/proof';
import { countNew, listMessages } from '../store/offline';
import type { App } from './app';
import { onlyFor, onlyForStaff, whoAsks, withDevice } from './guard';

const Done = z.object({ ok: z.literal(true) });

export function offlineRoutes(app: App, core: Core): void {
  const { db, offline, log } = core;

  app.get('/api/chat/challenge', { schema: { response: { 200: Challenge } } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return newChallenge(offline);
  });

  app.post(
    '/api/chat/offline',
    { schema: { body: NewOfflineMessage, response: { 201: Done } } },
    async (request, reply) => {
      await leaveMessage(offline, request.address, request.body);
      // The visitor waits for no mail server.
      sendNotices(offline).catch((error: unknown) => log.error({ err: error }, 'notices failed'));
      return reply.code(201).send({ ok: true });
    },
  );

  const onlyStaff = onlyForStaff(core);
  const onRequest = [onlyStaff, withDevice(core)];

  app.get(
    '/api/offline',
    { onRequest, schema: { querystring: OfflineQuery, response: { 200: z.array(OfflineRow) } } },
    async (request) => listMessages(db, whoAsks(request).tenant.id, request.query),
  );

  app.get(
    '/api/offline/unread',
    { onRequest: onlyStaff, schema: { response: { 200: OfflineUnread } } },
    async (request) => ({ unread: await countNew(db, whoAsks(request).tenant.id) }),
  );

  app.patch(
    '/api/offline/:id',
    {
      onRequest,
      schema: {
        params: z.object({ id: base64url(16) }),
        body: OfflineChange,
        response: { 200: OfflineRow },
      },
    },
    async (request) => changeState(offline, whoAsks(request).account, request.params.id, request.body.state),
  );

  const onlyOperators = onlyFor(core, 'operator');

  app.get(
    '/api/me/notices',
    { onRequest: onlyOperators, schema: { response: { 200: NoticesShown } } },
    async (request) => noticesOf(offline, whoAsks(request).account),
  );

  app.put(
    '/api/me/notices',
    { onRequest: onlyOperators, schema: { body: Notices, response: { 200: NoticesShown } } },
    async (request) => changeNotices(offline, whoAsks(request).account, request.body.offlineMail),
  );
}
