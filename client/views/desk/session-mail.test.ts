import { afterEach, expect, it, vi } from 'vitest';
import { SessionMailDraft } from './session-mail.svelte';

afterEach(() => vi.unstubAllGlobals());

const ID = 'A'.repeat(22);

function draftWith(body: unknown, status = 200) {
  const fetched = vi.fn(
    async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }),
  );
  vi.stubGlobal('fetch', fetched);
  const draft = new SessionMailDraft('ja');
  draft.customerName = 'お客さま';
  draft.to = ' carla@example.org ';
  return { draft, fetched };
}

it('sends the number with the operator’s own time zone', async () => {
  const { draft, fetched } = draftWith({ sent: true, fault: null, reply: '' });
  expect(await draft.send(ID, '12345678')).toBe(true);
  expect(JSON.parse(fetched.mock.calls[0]?.[1].body as string)).toEqual({
    sessionId: ID,
    to: 'carla@example.org',
    customerName: 'お客さま',
    language: 'ja',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    code: '12345678',
  });
});

it.each([
  ['the sender', { from: 'support@example.org' }, 200, 'support@example.org'],
  ['that the server sends nothing', { from: null }, 200, null],
  ['no hindrance where it cannot know', { error: 'failed' }, 500, ''],
])('finds out %s', async (_what, body, status, from) => {
  const { draft } = draftWith(body, status);
  expect(draft.from).toBeUndefined();
  await draft.load();
  expect(draft.from).toBe(from);
});

it('points at what is wrong before anything is sent', async () => {
  const { draft, fetched } = draftWith({});
  draft.to = 'carla';
  draft.customerName = '';
  expect(await draft.send(ID, '12345678')).toBe(false);
  expect(draft.wrong).toEqual(['customerName', 'to']);
  expect(fetched).not.toHaveBeenCalled();
  draft.mended('to');
  expect(draft.wrong).toEqual(['customerName']);
});

it('keeps what was typed, and the mail server’s own words', async () => {
  const { draft } = draftWith({ sent: false, fault: 'recipient', reply: '550 No such user' });
  expect(await draft.send(ID, '12345678')).toBe(false);
  expect(draft.outcome).toEqual({ sent: false, fault: 'recipient', reply: '550 No such user' });
  expect([draft.to, draft.sending]).toEqual([' carla@example.org ', false]);
});

it('tells that the session is over', async () => {
  const { draft } = draftWith({ ok: false, error: 'session_gone' }, 410);
  expect(await draft.send(ID, '12345678')).toBe(false);
  expect(draft.problem).toMatchObject({ error: 'session_gone' });
});
