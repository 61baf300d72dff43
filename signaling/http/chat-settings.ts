/** The administrator's side of the chat button: sites, hours, button sets (RS-21–32). */
import { z } from 'zod';
import { ButtonSet, ButtonSetName, ChatSettings } from '../../shared/protocol/embed';
import { ProtocolError } from '../../shared/protocol/errors';
import { putButtonSet, removeButtonSet } from '../chat-settings/buttons';
import { changeChatSettings } from '../chat-settings/settings';
import type { Core } from '../core';
import { listButtonSets } from '../store/button-sets';
import { findChatSettings } from '../store/chat-settings';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });
const params = z.object({ name: ButtonSetName });

export function chatSettingsRoutes(app: App, core: Core): void {
  const { db, chatSettings } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get('/api/admin/chat', { onRequest, schema: { response: { 200: ChatSettings } } }, async (request) =>
    findChatSettings(db, whoAsks(request).tenant.id),
  );

  app.put(
    '/api/admin/chat',
    { onRequest, schema: { body: ChatSettings, response: { 200: ChatSettings } } },
    async (request) =>
      changeChatSettings(chatSettings, whoAsks(request).tenant, authorOf(request), request.body),
  );

  app.get(
    '/api/admin/buttons',
    { onRequest, schema: { response: { 200: z.array(ButtonSet) } } },
    async (request) => listButtonSets(db, whoAsks(request).tenant.id),
  );

  app.put(
    '/api/admin/buttons/:name',
    { onRequest, schema: { params, body: ButtonSet, response: { 200: Done } } },
    async (request) => {
      if (request.body.name !== request.params.name) throw new ProtocolError('invalid', { fields: ['name'] });
      await putButtonSet(chatSettings, whoAsks(request).tenant, authorOf(request), request.body);
      return { ok: true as const };
    },
  );

  app.delete(
    '/api/admin/buttons/:name',
    { onRequest, schema: { params, response: { 200: Done } } },
    async (request) => {
      await removeButtonSet(chatSettings, whoAsks(request).tenant, authorOf(request), request.params.name);
      return { ok: true as const };
    },
  );
}
