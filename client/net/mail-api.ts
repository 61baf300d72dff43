/** The calls about mail that the server sends. */
import { z } from '../../shared/protocol/zod';
import {
  MailOutcome,
  MailSettingsAnswer,
  SessionMailWay,
  type MailSettings,
  type MailTest,
  type OwnSessionMail,
  type SessionMail,
} from '../../shared/protocol/mail';
import { call } from './api';

export const mailApi = {
  settings: () => call(MailSettingsAnswer, 'GET', '/admin/mail'),
  save: (settings: MailSettings) => call(MailSettingsAnswer, 'PUT', '/admin/mail', settings),
  remove: () => call(z.unknown(), 'DELETE', '/admin/mail'),
  test: (test: MailTest) => call(MailOutcome, 'POST', '/admin/mail/test', test),
  sessionWay: () => call(SessionMailWay, 'GET', '/session-mail'),
  sendSession: (mail: SessionMail) => call(MailOutcome, 'POST', '/session-mail', mail),
  noteOwn: (mail: OwnSessionMail) => call(z.unknown(), 'POST', '/session-mail/own', mail),
};
