/** The administrator's mail server. */
import { z } from 'zod';
import { MailOutcome, MailSettings, MailSettingsAnswer, MailTest } from '../../shared/protocol/mail';
import type { Core } from '../core';
import { changeMailSettings, mailSettingsOf, removeMailSettings } from '../mail/settings';
import { sendTestMail } from '../mail/test-mail';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });

export function mailRoutes(app: App, core: Core): void {
  const { mail } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get(
    '/api/admin/mail',
    { onRequest, schema: { response: { 200: MailSettingsAnswer } } },
    async (request) => ({ settings: await mailSettingsOf(mail, whoAsks(request).tenant.id) }),
  );

  app.put(
    '/api/admin/mail',
    { onRequest, schema: { body: MailSettings, response: { 200: MailSettingsAnswer } } },
    async (request) => ({
      settings: await changeMailSettings(mail, whoAsks(request).tenant, authorOf(request), request.body),
    }),
  );

  app.delete('/api/admin/mail', { onRequest, schema: { response: { 200: Done } } }, async (request) => {
    await removeMailSettings(mail, whoAsks(request).tenant, authorOf(request));
    return { ok: true as const };
  });

  app.post(
    '/api/admin/mail/test',
    { onRequest, schema: { body: MailTest, response: { 200: MailOutcome } } },
    async (request) => sendTestMail(mail, whoAsks(request), request.body),
  );
}
