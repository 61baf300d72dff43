import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeSource } from '../../embed/event-source.fake';
import { watchPresence } from './presence';

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.open = [];
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The browser takes an answer as final, and closes the stream itself. */
function refuse(): void {
  const [source] = FakeSource.open;
  source?.close();
  source?.fail(FakeSource.CLOSED);
}

const state = (online: boolean) => JSON.stringify({ online, offlineMessages: true, picture: null });

it('tells what fits, and nothing else', () => {
  const heard: boolean[] = [];
  watchPresence({ owner: 'ABCDEFGH', button: 'blue' }, ({ online }) => heard.push(online));
  const [source] = FakeSource.open;
  for (const data of ['{', '{}', state(true), 'null', state(false)]) source?.say(data);
  expect([source?.url, heard]).toEqual(['/api/chat/presence?owner=ABCDEFGH&button=blue', [true, false]]);
});

it('asks again after an answer that the browser takes as final, until it is released', () => {
  const release = watchPresence({ owner: 'ABCDEFGH' }, () => undefined);
  FakeSource.open[0]?.fail(0); // the browser itself connects again
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(1);
  refuse();
  expect(FakeSource.open).toHaveLength(0);
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(1);
  refuse();
  release();
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(0);
});
