/** The mail path (RS-72–74): the operator has the server mail the link of a session. */
import { z } from 'zod';
import { MailOutcome, OwnSessionMail, SessionMail, SessionMailWay } from '../../shared/protocol/mail';
import type { Core } from '../core';
import { noteOwnMail, sendSessionMail } from '../mail/session-mail';
import { mailSender } from '../mail/settings';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Done = z.object({ ok: z.literal(true) });

export function sessionMailRoutes(app: App, core: Core): void {
  const onRequest = onlyFor(core, 'operator');

  app.get(
    '/api/session-mail',
    { onRequest, schema: { response: { 200: SessionMailWay } } },
    async (request) => ({ from: await mailSender(core.mail, whoAsks(request).tenant.id) }),
  );

  app.post(
    '/api/session-mail',
    {
      onRequest,
      schema: { body: SessionMail, response: { 200: MailOutcome } },
    },
    async (request) => {
      // The guard let in only one of our own origins.
      const origin = request.headers.origin ?? '';
      return sendSessionMail(
        core.mail,
        { ...whoAsks(request), author: authorOf(request), origin },
        request.body,
      );
    },
  );

  app.post(
    '/api/session-mail/own',
    { onRequest, schema: { body: OwnSessionMail, response: { 200: Done } } },
    async (request) => {
      const { account, tenant } = whoAsks(request);
      await noteOwnMail(core.mail, { account, tenant, author: authorOf(request) }, request.body.sessionId);
      return { ok: true as const };
    },
  );
}
