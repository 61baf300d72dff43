import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReplyStore } from '../../../session/chat/desk-chat-reply-store.svelte';
import { ReplyDraft } from './reply-draft.svelte';

let store: ReplyStore;
let answers: ((status: number, body?: object) => void)[];
beforeEach(() => {
  answers = [];
  vi.stubGlobal('fetch', (_path: string, { method }: { method: string }) => {
    if (method === 'GET') return Promise.resolve(Response.json([]));
    return new Promise<Response>((resolve) =>
      answers.push((status, body = {}) => resolve(Response.json(body, { status }))),
    );
  });
  store = new ReplyStore('own', () => undefined);
});
afterEach(() => void vi.unstubAllGlobals());

function written(): ReplyDraft {
  const draft = new ReplyDraft(store, null);
  draft.shortcut = 'hello';
  draft.text = 'Good morning!';
  return draft;
}

it('is saved once, however often Save is pressed, and only when the server has it', async () => {
  const draft = written();
  const first = draft.save();
  expect(await draft.save()).toBe(false);
  expect(answers).toHaveLength(1);
  answers[0]?.(409, { ok: false, error: 'conflict' });
  expect(await first).toBe(false);
  expect([draft.faults, draft.text]).toEqual([{ shortcut: 'taken' }, 'Good morning!']);
  const again = draft.save();
  answers[1]?.(200);
  expect(await again).toBe(true);
});

it('nothing counts as deleted that was not asked for', async () => {
  const saving = written().save();
  expect(await store.remove('R'.repeat(22))).toMatchObject({ error: 'busy' });
  answers[0]?.(200);
  expect(await saving).toBe(true);
});

it('says what is wrong before the server is asked', async () => {
  const draft = new ReplyDraft(store, null);
  draft.shortcut = 'two words';
  expect(await draft.save()).toBe(false);
  expect([draft.faults, answers]).toEqual([{ shortcut: 'shortcut', text: 'text' }, []]);
});
