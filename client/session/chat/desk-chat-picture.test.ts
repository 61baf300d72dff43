import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeskPicture } from './desk-chat-picture';

const STATE = { name: 'Olga', available: true, waiting: [], chats: [], unread: 0 };
const asked: string[] = [];
let answers: object[];
const loaded = vi.fn();
const refused = vi.fn();
const socket = {
  request: async (event: string) => {
    asked.push(event);
    await Promise.resolve();
    return answers.shift() ?? { ok: true, ...STATE };
  },
  replace: () => undefined,
};
let picture: DeskPicture;
beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  loaded.mockClear();
  refused.mockClear();
  picture = new DeskPicture(socket as never, { load: loaded, refused });
});
afterEach(() => void vi.useRealTimers());

it('asks again by itself when the server had too much to do, and says nothing of it', async () => {
  answers = [{ ok: false, error: 'limited', retryAt: Date.now() + 5000 }];
  await picture.fetch();
  expect([asked.length, loaded.mock.calls.length, refused.mock.calls.length]).toEqual([1, 0, 0]);
  await vi.advanceTimersByTimeAsync(4999);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect([asked.length, loaded.mock.calls.length]).toEqual([2, 1]);
});

it('asks no more once the page is left, and believes no pause without end', async () => {
  answers = [
    { ok: false, error: 'limited', retryAt: Number.MAX_SAFE_INTEGER },
    { ok: false, error: 'limited' },
  ];
  await picture.fetch();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
  picture.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});

it('tells every other refusal', async () => {
  answers = [{ ok: false, error: 'version' }];
  await picture.fetch();
  expect(refused).toHaveBeenCalledOnce();
});
