/** Conversations afterwards: the lists for administrators and operators, and what was said, sealed, for the staff. */
import { z } from 'zod';
import { ChatId } from '../../shared/protocol/chat';
import { ChatRow, ChatTranscript } from '../../shared/protocol/chat-desk';
import { EarlierChat } from '../../shared/protocol/chat-earlier';
import { PageQuery } from '../../shared/protocol/http';
import { transcriptOf } from '../chat/transcript';
import type { Core } from '../core';
import { earlierChats } from '../store/chat-earlier';
import { listChats } from '../store/chat-log';
import type { App } from './app';
import { onlyFor, whoAsks } from './guard';

const params = z.object({ id: ChatId });

export function chatRoutes(app: App, core: Core): void {
  const { chats, db } = core;

  app.get(
    '/api/admin/chats',
    {
      onRequest: onlyFor(core, 'administrator'),
      schema: { querystring: PageQuery, response: { 200: z.array(ChatRow) } },
    },
    async (request) => listChats(db, whoAsks(request).tenant.id, request.query),
  );

  app.get(
    '/api/chats',
    {
      onRequest: onlyFor(core, 'operator'),
      schema: { querystring: PageQuery, response: { 200: z.array(EarlierChat) } },
    },
    async (request) => {
      const { tenant, account } = whoAsks(request);
      return earlierChats(db, tenant.id, account.id, request.query);
    },
  );

  for (const { path, role } of TRANSCRIPTS) {
    app.get(
      path,
      { onRequest: onlyFor(core, role), schema: { params, response: { 200: ChatTranscript } } },
      async (request) => transcriptOf(chats, whoAsks(request).account, request.params.id),
    );
  }
}

const TRANSCRIPTS = [
  { path: '/api/chats/:id/transcript', role: 'operator' },
  { path: '/api/admin/chats/:id/transcript', role: 'administrator' },
] as const;
