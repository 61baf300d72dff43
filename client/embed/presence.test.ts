import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeSource } from './event-source.fake';
import { watchPresence } from './presence';

const say = (online: boolean) =>
  FakeSource.open[0]?.say(JSON.stringify({ online, offlineMessages: true, picture: null }));

let page: EventTarget & { hidden: boolean };
beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.open = [];
  page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function turn(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

it('one stream serves every button; who comes later hears the last state at once', () => {
  const watch = watchPresence('/presence');
  const heard: [string, boolean][] = [];
  const first = watch(({ online }) => heard.push(['a', online]));
  say(true);
  const second = watch(({ online }) => heard.push(['b', online]));
  expect(FakeSource.open).toHaveLength(1);
  say(false);
  expect(heard).toEqual([
    ['a', true],
    ['b', true],
    ['a', false],
    ['b', false],
  ]);
  first();
  expect(FakeSource.open).toHaveLength(1);
  second();
  expect(FakeSource.open).toHaveLength(0);
});

it('a page in the background has none, and has one again when it is looked at', () => {
  const watch = watchPresence('/presence');
  watch(() => undefined);
  turn(true);
  expect(FakeSource.open).toHaveLength(0);
  turn(false);
  turn(false);
  expect(FakeSource.open).toHaveLength(1);
});

it('a refusal is not the end: it asks again later', () => {
  const watch = watchPresence('/presence');
  watch(() => undefined);
  FakeSource.open[0]?.fail(FakeSource.CLOSED);
  expect(FakeSource.open).toHaveLength(0);
  vi.advanceTimersByTime(20_000);
  expect(FakeSource.open).toHaveLength(1);
});
