import { expect, it } from 'vitest';
import type { ButtonState } from '../../shared/protocol/embed';
import { ButtonWatch } from './button-watch';

const state = (online: boolean): ButtonState => ({ online, offlineMessages: true, picture: null });

function watchOf(states: Record<string, boolean>) {
  let looks = 0;
  const watch = new ButtonWatch(async (name) => {
    looks++;
    return Promise.resolve(state(states[name] ?? false));
  });
  return { watch, looks: () => looks };
}

it('tells everybody now, and then only what has changed', async () => {
  const states: Record<string, boolean> = { '': false, chat: false };
  const { watch } = watchOf(states);
  const heard: [string, boolean][] = [];
  const releases = [
    await watch.watch('', ({ online }) => heard.push(['a', online])),
    await watch.watch('', ({ online }) => heard.push(['b', online])),
    await watch.watch('chat', ({ online }) => heard.push(['c', online])),
  ];
  expect(heard.splice(0)).toEqual([
    ['a', false],
    ['b', false],
    ['c', false],
  ]);
  await watch.refresh();
  expect(heard).toEqual([]);
  states[''] = true;
  await watch.refresh();
  expect(heard.splice(0)).toEqual([
    ['a', true],
    ['b', true],
  ]);
  releases[0]?.();
  states[''] = false;
  await watch.refresh();
  expect(heard).toEqual([['b', false]]);
});

it('looks at nothing that nobody shows', async () => {
  const { watch, looks } = watchOf({});
  const release = await watch.watch('', () => undefined);
  release();
  const before = looks();
  await watch.refresh();
  expect(looks()).toBe(before);
});

it('a change during a look is seen by the next one, which the same call waits for', async () => {
  const states: Record<string, boolean> = { '': false };
  const { watch } = watchOf(states);
  const heard: boolean[] = [];
  await watch.watch('', ({ online }) => heard.push(online));
  const first = watch.refresh();
  states[''] = true;
  await Promise.all([first, watch.refresh(), watch.refresh()]);
  expect(heard).toEqual([false, true]);
});

it('who comes when the state has just changed makes the others hear of it', async () => {
  const states: Record<string, boolean> = { '': false };
  const { watch } = watchOf(states);
  const heard: boolean[] = [];
  await watch.watch('', ({ online }) => heard.push(online));
  states[''] = true;
  await watch.watch('', () => undefined);
  expect(heard).toEqual([false, true]);
});
