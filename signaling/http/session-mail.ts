/** The mail path (RS-72–74): the operator has the server mail the link of a session. */
import { MailOutcome, SessionMail } from '../../shared/protocol/mail';
import type { Core } from '../core';
import { sendSessionMail } from '../mail/session-mail';
import type { App } from './app';
import { onlyFor, whoAsks } from './guard';
import { authorOf } from './mail';

export function sessionMailRoutes(app: App, core: Core): void {
  app.post(
    '/api/session-mail',
    {
      onRequest: onlyFor(core, 'operator'),
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
}
