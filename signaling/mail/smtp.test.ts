/** Against a real SMTP server: what arrives, what is refused, and what is never sent. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { CERTIFICATE } from '../testing/smtp-certificate';
import { refusal, SMTP_LOGIN, startSmtp, type TestSmtp } from '../testing/smtp';
import type { Mail } from './mail';
import { sendBySmtp, type MailServer } from './smtp';

let smtp: TestSmtp | undefined;
afterEach(async () => {
  await smtp?.close();
  smtp = undefined;
});

const MAIL: Mail = {
  to: { name: 'お客 さま', address: 'customer@example.org' },
  replyTo: { name: 'Olga “O” Operator', address: 'olga@example.org' },
  subject: 'リモートサポートのご案内',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  automatic: true,
};

const serverAt = (port: number, change: Partial<MailServer> = {}): MailServer => ({
  host: 'localhost',
  port,
  security: 'starttls',
  user: SMTP_LOGIN.user,
  password: SMTP_LOGIN.password,
  fromName: 'Acme, 株式会社',
  fromAddress: 'support@example.org',
  ...change,
});

it.each(['tls', 'starttls'] as const)(
  'sends over %s, with verified certificate and login',
  async (security) => {
    smtp = await startSmtp({ secure: security === 'tls' });
    const outcome = await sendBySmtp(serverAt(smtp.port, { security }), MAIL, CERTIFICATE);
    expect(outcome).toEqual({ sent: true, fault: null, reply: '' });
    expect(smtp.received).toMatchObject([
      {
        secure: true,
        user: SMTP_LOGIN.user,
        from: 'support@example.org',
        to: ['customer@example.org'],
        mail: {
          from: { name: 'Acme, 株式会社', address: 'support@example.org' },
          to: [{ name: 'お客 さま', address: 'customer@example.org' }],
          replyTo: [{ name: 'Olga “O” Operator', address: 'olga@example.org' }],
          subject: 'リモートサポートのご案内',
          text: expect.stringMatching(/^Hello\s+$/),
        },
      },
    ]);
    expect(smtp.received[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(smtp.received[0]?.mail.html).toContain('<p>Hello</p>');
  },
);

it.each(['tls', 'starttls'] as const)('trusts no unknown certificate (%s)', async (security) => {
  smtp = await startSmtp({ secure: security === 'tls' });
  const outcome = await sendBySmtp(serverAt(smtp.port, { security }), MAIL);
  expect(outcome).toMatchObject({ sent: false, fault: 'tls' });
  expect(outcome.reply).toMatch(/certificate/i);
  expect(smtp.received).toEqual([]);
});

it('trusts no certificate of another name', async () => {
  smtp = await startSmtp({ secure: true });
  const server = serverAt(smtp.port, { security: 'tls', host: '127.0.0.1' });
  expect(await sendBySmtp(server, MAIL, CERTIFICATE)).toMatchObject({ sent: false, fault: 'tls' });
});

it('says nothing to a server that strips STARTTLS', async () => {
  smtp = await startSmtp({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  const outcome = await sendBySmtp(serverAt(smtp.port), MAIL, CERTIFICATE);
  expect(outcome).toMatchObject({ sent: false, fault: 'tls' });
  expect(smtp.received).toEqual([]);
});

it('goes without encryption to the own network only', async () => {
  smtp = await startSmtp({ allowInsecureAuth: true, hideSTARTTLS: true });
  const plain = serverAt(smtp.port, { security: 'none', host: '127.0.0.1' });
  expect(await sendBySmtp(plain, MAIL)).toMatchObject({ sent: true });
  expect(smtp.received).toMatchObject([{ secure: false }]);
  // TEST-NET-1: an address that belongs to nobody, and is not ours.
  expect(await sendBySmtp({ ...plain, host: '192.0.2.1' }, MAIL)).toEqual({
    sent: false,
    fault: 'plain',
    reply: '',
  });
});

it.each([
  ['login', { password: 'wrong' }, {}],
  ['login', { user: '' }, { authOptional: false }],
  [
    'sender',
    {},
    {
      onMailFrom: (_a: unknown, _s: unknown, done: (e: Error) => void) =>
        done(refusal(553, 'Not your address')),
    },
  ],
  [
    'recipient',
    {},
    {
      onRcptTo: (_a: unknown, _s: unknown, done: (e: Error) => void) =>
        done(refusal(550, 'No such user here')),
    },
  ],
  [
    'refused',
    {},
    {
      onData: (stream: NodeJS.ReadableStream, _s: unknown, done: (e: Error) => void) => {
        stream.resume();
        stream.on('end', () => done(refusal(554, 'Looks like spam')));
      },
    },
  ],
] as const)('tells “%s” apart', async (fault, change, options) => {
  smtp = await startSmtp(options);
  const outcome = await sendBySmtp(serverAt(smtp.port, change), MAIL, CERTIFICATE);
  expect(outcome).toMatchObject({ sent: false, fault });
  expect(outcome.reply).not.toBe('');
  expect(smtp.received).toEqual([]);
});

it('passes the server’s own words on as one line of text', async () => {
  smtp = await startSmtp({
    onRcptTo: (_address, _session, done) => done(refusal(550, `<b>no</b> \u202e${'x'.repeat(2000)}`)),
  });
  const { reply } = await sendBySmtp(serverAt(smtp.port), MAIL, CERTIFICATE);
  expect(reply).toContain('<b>no</b>');
  expect(reply).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(reply.length).toBeLessThanOrEqual(500);
});

it('finds nobody there', async () => {
  const outcome = await sendBySmtp(serverAt(1, { host: '127.0.0.1' }), MAIL);
  expect(outcome).toMatchObject({ sent: false, fault: 'connect' });
  const unknown = serverAt(25, { host: 'no-such-host.invalid' });
  expect(await sendBySmtp(unknown, MAIL)).toMatchObject({ sent: false, fault: 'host' });
  expect(await sendBySmtp({ ...unknown, security: 'none' }, MAIL)).toMatchObject({ fault: 'host' });
});

it('is not held up by something that is no mail server', async () => {
  const other: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const { port } = other.address() as AddressInfo;
  const outcome = await sendBySmtp(serverAt(port, { host: '127.0.0.1' }), MAIL);
  expect(outcome).toMatchObject({ sent: false, fault: 'connect' });
  await new Promise((closed) => other.close(closed));
});

it('waits only so long for a server that says nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const started = performance.now();
  const outcome = await sendBySmtp(serverAt(port, { host: '127.0.0.1' }), MAIL, undefined, 200);
  expect(outcome).toMatchObject({ sent: false, fault: 'timeout' });
  expect(performance.now() - started).toBeLessThan(5000);
  silent.close();
});

it('lets no name and no address become a header', async () => {
  smtp = await startSmtp();
  const evil = 'Eve"\r\nBcc: victim@example.org\r\n\r\nbody';
  const mail: Mail = {
    ...MAIL,
    to: { name: evil, address: 'customer@example.org' },
    subject: `S\r\nX-Evil: 1`,
  };
  expect(await sendBySmtp(serverAt(smtp.port, { fromName: evil }), mail, CERTIFICATE)).toMatchObject({
    sent: true,
  });
  const names = smtp.received[0]?.mail.headers.map(({ key }) => key) ?? [];
  expect(names).not.toContain('bcc');
  expect(names).not.toContain('x-evil');
  expect(smtp.received[0]?.to).toEqual(['customer@example.org']);
});
