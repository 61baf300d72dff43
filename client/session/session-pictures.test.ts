import { beforeEach, describe, expect, it } from 'vitest';
import type { Capture } from '../../shared/session/machine';
import { ScreenShare, type Shared } from './screen-share.svelte';
import { SessionPictures } from './session-pictures.svelte';

/** A captured window, as far as the pictures look at it. */
class Window {
  readonly id: string;
  readonly label: string;
  width = 100;
  displaySurface = 'window';
  stopped = false;
  closed: () => void = () => undefined;

  constructor(readonly number: number) {
    this.id = `stream${number}`;
    this.label = `window:${number}:0`;
  }
  getVideoTracks = () => [this];
  getTracks = () => [this];
  getSettings = () => ({ displaySurface: this.displaySurface, width: this.width, height: 100 });
  stop = () => (this.stopped = true);
  get stream(): MediaStream {
    return this as unknown as MediaStream;
  }
}

function set({ windowsOnly = true } = {}) {
  const told: (Capture | 'shown' | 'changed' | number)[] = [];
  const offered: Window[] = [];
  let choosing = true;
  const share: ScreenShare = new ScreenShare(
    () => told.push('changed'),
    (_, stopped) => {
      const next = offered.shift();
      if (!next) return Promise.resolve('refused');
      next.closed = () => stopped(next.stream);
      return Promise.resolve(next.stream);
    },
  );
  const pictures = new SessionPictures(
    {
      windowsOnly: () => windowsOnly,
      choosing: () => choosing,
      capture: (capture) => told.push(capture),
      shown: () => told.push('shown'),
      unsupported: () => undefined,
      changed: () => undefined,
      tellSelection: (windows) => Promise.resolve(told.push(windows) > 0),
    },
    share,
  );
  const pick = async (window: Window) => {
    offered.push(window);
    await pictures.choose();
  };
  return { pictures, share, told, pick, stopChoosing: () => (choosing = false) };
}

let windows: Window[];
beforeEach(() => (windows = [1, 2, 3].map((number) => new Window(number))));

const names = (places: readonly (Shared | null)[]) => places.map((each) => each?.stream.id ?? null);

describe('what this side shows', () => {
  it('keeps every place from the showing on: a closed window leaves its own empty', async () => {
    const { pictures, share, pick, told } = set();
    for (const each of windows) await pick(each);
    pictures.show();
    windows[1]?.closed();
    expect(pictures.own).toEqual([
      { stream: 'stream1', kind: 'window' },
      null,
      { stream: 'stream3', kind: 'window' },
    ]);
    expect(pictures.surfaces).toEqual([
      { kind: 'window', id: '1', width: 100, height: 100 },
      { kind: 'unknown', id: '', width: 0, height: 0 },
      { kind: 'window', id: '3', width: 100, height: 100 },
    ]);
    expect(pictures.shared.map(({ stream }) => stream.id)).toEqual(['stream1', 'stream3']);
    expect(told.at(-1)).toBe('changed');
    // One more goes to the end.
    await pick(new Window(4));
    expect(names(share.places)).toEqual(['stream1', null, 'stream3', 'stream4']);
  });

  it('closes up while windows are still being chosen, and tells the helper of none', async () => {
    const { pictures, pick } = set();
    for (const each of windows) await pick(each);
    expect(pictures.surfaces).toEqual([]);
    pictures.remove(windows[0]?.stream as MediaStream);
    expect(pictures.own.map((each) => each?.stream)).toEqual(['stream2', 'stream3']);
    windows[1]?.closed();
    expect(pictures.own.map((each) => each?.stream)).toEqual(['stream3']);
  });

  it('ends a picture that becomes something else than a window, and notices new sizes', async () => {
    const { pictures, pick, told } = set();
    for (const each of windows) await pick(each);
    pictures.show();
    told.length = 0;
    pictures.tick();
    expect(told).toEqual([]);
    (windows[0] as Window).displaySurface = 'monitor';
    (windows[2] as Window).width = 50;
    pictures.tick();
    expect(told).toEqual(['changed']);
    expect(windows[0]?.stopped).toBe(true);
    expect(pictures.surfaces.map(({ width }) => width)).toEqual([0, 100, 50]);
  });

  it('counts the windows that are shown, each number once', async () => {
    const { pictures, pick, told } = set();
    for (const each of windows) await pick(each);
    await pictures.tellSelection();
    pictures.show();
    await pictures.tellSelection();
    windows[0]?.closed();
    await pictures.tellSelection();
    expect(told.filter((each) => typeof each === 'number')).toEqual([3, 2]);
  });

  it('releases everything at the end, also what was chosen too late', async () => {
    const { pictures, pick, stopChoosing } = set({ windowsOnly: false });
    await pick(windows[0] as Window);
    stopChoosing();
    await pick(windows[1] as Window);
    pictures.close();
    expect(windows.map(({ stopped }) => stopped)).toEqual([true, true, false]);
    expect(pictures.surfaces).toEqual([]);
  });
});

describe('what the other side shows', () => {
  const stream = (id: string) => ({ id }) as MediaStream;
  const named = (id: string) => ({ stream: id, kind: 'window' as const });

  it('keeps the number of each picture when one before it was closed', () => {
    const { pictures } = set();
    for (const id of ['a', 'b', 'c']) pictures.arrived(stream(id));
    pictures.take([named('a'), named('b'), named('c')]);
    pictures.take([null, named('b'), null]);
    expect(pictures.seen).toEqual([{ index: 1, kind: 'window', stream: stream('b') }]);
    expect(pictures.first).toEqual(stream('b'));
  });

  it('keeps no stream of an earlier capture', () => {
    const { pictures } = set();
    pictures.arrived(stream('old'));
    pictures.take([named('new')]);
    expect(pictures.first).toBeNull();
    pictures.arrived(stream('new'));
    pictures.arrived(stream('new')); // of the next link
    expect(pictures.seen).toEqual([{ index: 0, kind: 'window', stream: stream('new') }]);
    pictures.take(undefined);
    expect(pictures.seen).toHaveLength(1);
  });
});
