import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchPresence } from './presence';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static open: FakeSource[] = [];
  readyState = 1;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    FakeSource.open.push(this);
  }
  close(): void {
    FakeSource.open = FakeSource.open.filter((each) => each !== this);
  }
  say(data: string): void {
    this.dispatchEvent(new MessageEvent('state', { data }));
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    if (readyState === FakeSource.CLOSED) this.close();
    this.onerror?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.open = [];
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
  FakeSource.open[0]?.fail(2);
  expect(FakeSource.open).toHaveLength(0);
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(1);
  FakeSource.open[0]?.fail(2);
  release();
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(0);
});
