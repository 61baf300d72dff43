import { afterEach, expect, it, vi } from 'vitest';
import type { MailSettingsShown } from '../../../../shared/protocol/mail';
import type { Account } from '../../signin/account.svelte';
import { MailDraft } from './mail-draft.svelte';

afterEach(() => vi.unstubAllGlobals());

const SHOWN: MailSettingsShown = {
  host: 'smtp.example.org',
  port: 465,
  security: 'tls',
  user: 'mailer',
  fromName: 'Acme 株式会社',
  fromAddress: 'support@example.org',
  hasPassword: true,
};

type Reply = [status: number, body: unknown];

/** A form whose requests are answered one after the other. */
async function formWith(...replies: Reply[]) {
  const asked: { method: string; path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, { method, body }: RequestInit) => {
    asked.push({ method: String(method), path, body: typeof body === 'string' ? JSON.parse(body) : null });
    const [status, value] = replies.shift() ?? [500, null];
    return new Response(JSON.stringify(value), { status });
  });
  const lost = vi.fn();
  const draft = new MailDraft({ lost } as unknown as Account);
  await vi.waitFor(() => expect(draft.stored !== undefined || draft.problem !== null).toBe(true));
  return { draft, asked, lost };
}

it('leaves a stored password out, and sends a new one', async () => {
  const { draft, asked } = await formWith(
    [200, { settings: SHOWN }],
    [200, { settings: SHOWN }],
    [200, { settings: SHOWN }],
  );
  expect([draft.host, draft.port, draft.password]).toEqual(['smtp.example.org', '465', '']);
  expect(await draft.save()).toBe(true);
  expect(asked[1]).toMatchObject({ method: 'PUT', path: '/api/admin/mail' });
  expect(asked[1]?.body).not.toHaveProperty('password');
  draft.password = 'new password';
  expect(await draft.save()).toBe(true);
  expect(asked[2]?.body).toMatchObject({ password: 'new password', port: 465 });
  expect(draft.password).toBe('');
});

it('moves the port with the encryption, unless it is an unusual one', async () => {
  const { draft } = await formWith([200, { settings: null }]);
  draft.security = 'starttls';
  expect(draft.port).toBe('587');
  draft.port = '2525';
  draft.security = 'none';
  expect(draft.port).toBe('2525');
});

it('points at every wrong field before the server is asked, and at those the server names', async () => {
  const { draft, asked } = await formWith(
    [200, { settings: null }],
    [400, { ok: false, error: 'invalid', fields: ['password'] }],
  );
  Object.assign(draft, { host: 'http://x', port: '0', fromName: '', fromAddress: 'x' });
  expect(await draft.save()).toBe(false);
  expect(draft.wrong).toEqual(['host', 'port', 'fromName', 'fromAddress']);
  expect(asked).toHaveLength(1);
  Object.assign(draft, {
    host: 'smtp.example.org',
    port: '465',
    user: 'mailer',
    fromName: 'A',
    fromAddress: 'a@example.org',
  });
  expect(await draft.save()).toBe(false);
  expect([draft.wrong, draft.problem]).toEqual([['password'], null]);
});

it('tries out what stands in the form', async () => {
  const { draft, asked } = await formWith(
    [200, { settings: SHOWN }],
    [200, { sent: false, fault: 'tls', reply: 'self-signed' }],
  );
  await draft.test('ja');
  expect(draft.wrong).toEqual(['to']);
  draft.to = 'admin@example.org';
  await draft.test('ja');
  expect(asked[1]).toMatchObject({
    path: '/api/admin/mail/test',
    body: { to: 'admin@example.org', language: 'ja', settings: { host: 'smtp.example.org' } },
  });
  expect(draft.outcome).toEqual({ sent: false, fault: 'tls', reply: 'self-signed' });
});

it('tells when it cannot be loaded, and when the sign-in has ended', async () => {
  const { draft, lost } = await formWith([401, { ok: false, error: 'signed_out' }]);
  expect(draft.problem).toMatchObject({ error: 'signed_out' });
  expect(lost).toHaveBeenCalledOnce();
});
