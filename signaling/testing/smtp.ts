/** A real SMTP server on a free port, which keeps what it is sent. */
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { CERTIFICATE, CERTIFICATE_KEY } from './smtp-certificate';

export const SMTP_LOGIN = { user: 'mailer', password: 'mail password ✓' };

export interface Received {
  /** As it came over the wire. */
  raw: string;
  mail: Email;
  from: string;
  to: string[];
  /** Whether it came over TLS. */
  secure: boolean;
  user: string | undefined;
}

export interface TestSmtp {
  port: number;
  received: Received[];
  /** Connections that were made, whatever came of them. */
  connections: number;
  close(): Promise<void>;
}

/** An answer as mail servers give it. */
export const refusal = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code });

/** @param options over a server that offers STARTTLS and knows `SMTP_LOGIN`, which it does not ask for */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const server = new SMTPServer({
    key: CERTIFICATE_KEY,
    cert: CERTIFICATE,
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      test.connections++;
      done();
    },
    onAuth({ username, password }, _session, done) {
      const right = username === SMTP_LOGIN.user && password === SMTP_LOGIN.password;
      if (right) done(null, { user: username });
      else done(refusal(535, 'Authentication credentials invalid'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        PostalMime.parse(raw).then((mail) => {
          const { mailFrom, rcptTo } = session.envelope;
          test.received.push({
            raw: raw.toString('latin1'),
            mail,
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            secure: session.secure,
            user: session.user as string | undefined,
          });
          done(null, 'kept');
        }, done);
      });
    },
    ...options,
  });
  // A client that hangs up in the middle of a handshake is what some tests are about.
  server.on('error', () => {});
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const test: TestSmtp = {
    port: (server.server.address() as AddressInfo).port,
    received: [],
    connections: 0,
    close: () => new Promise((closed) => server.close(closed)),
  };
  return test;
}
