import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputMessage } from '../../shared/protocol/input';
import { Outbox } from './outbox';

function rig() {
  const sent: InputMessage[] = [];
  const frames: (() => void)[] = [];
  const channel = { buffered: 0 };
  const outbox = new Outbox({
    send: (message) => sent.push(message) > 0,
    buffered: () => channel.buffered,
    frame: (act) => frames.push(act),
  });
  const frame = () => frames.splice(0).forEach((act) => act());
  const texts = () =>
    sent.map((each) => (each.t === 'move' ? each.x : each.t === 'key' ? each.code : each.t));
  return { sent, channel, outbox, frame, texts };
}
const at = (x: number) => ({ t: 'move' as const, s: 0, x, y: 0 });
const key = (code: string): InputMessage => ({ t: 'key', code, down: true });

describe('the order in which input leaves', () => {
  it('sends the first move at once and then the newest of each frame', () => {
    const { outbox, frame, texts } = rig();
    [0.1, 0.2, 0.3].forEach((x) => outbox.move(at(x)));
    expect(texts()).toEqual([0.1]);
    frame();
    expect(texts()).toEqual([0.1, 0.3]);
    outbox.move(at(0.4));
    expect(texts()).toEqual([0.1, 0.3]);
    frame();
    frame();
    outbox.move(at(0.5));
    expect(texts()).toEqual([0.1, 0.3, 0.4, 0.5]);
  });

  it('sends keys at once, after the last move', () => {
    const { outbox, frame, texts } = rig();
    outbox.move(at(0.1));
    outbox.move(at(0.2));
    outbox.now(key('KeyA'), key('KeyB'));
    expect(texts()).toEqual([0.1, 0.2, 'KeyA', 'KeyB']);
    frame();
    expect(texts()).toHaveLength(4);
  });

  it('forgets older moves while the channel is full, and nothing else', () => {
    const { outbox, frame, channel, texts } = rig();
    channel.buffered = 100_000;
    for (let x = 0; x < 50; x++) {
      outbox.move(at(x / 100));
      frame();
    }
    expect(texts()).toEqual([]);
    outbox.now(key('KeyA'));
    outbox.move(at(0.9));
    frame();
    expect(texts()).toEqual([0.49, 'KeyA']);
    channel.buffered = 0;
    frame();
    expect(texts()).toEqual([0.49, 'KeyA', 0.9]);
  });

  it('holds back until it may go on, in order', async () => {
    const { outbox, texts } = rig();
    let go: () => void = () => undefined;
    outbox.now(key('ControlLeft'));
    outbox.hold(new Promise((resolve) => (go = resolve)));
    outbox.now(key('KeyV'));
    outbox.move(at(0.5));
    outbox.now(key('Enter'));
    expect(texts()).toEqual(['ControlLeft']);
    go();
    await Promise.resolve();
    await Promise.resolve();
    expect(texts()).toEqual(['ControlLeft', 'KeyV', 0.5, 'Enter']);
    outbox.now(key('KeyB'));
    expect(texts().at(-1)).toBe('KeyB');
  });

  it('lets everything go when a hold failed, and when too much is held', async () => {
    const failed = rig();
    const hold = Promise.reject(new Error('no clipboard'));
    failed.outbox.hold(hold);
    failed.outbox.now(key('KeyV'));
    await hold.catch(() => undefined);
    await Promise.resolve();
    expect(failed.texts()).toEqual(['KeyV']);

    const full = rig();
    full.outbox.hold(new Promise(() => undefined));
    for (let n = 0; n <= 500; n++) full.outbox.now(key('KeyV'));
    expect(full.texts()).toHaveLength(501);
  });

  it('sends nothing of what was cleared', async () => {
    const { outbox, frame, texts } = rig();
    outbox.move(at(0.1));
    outbox.move(at(0.2));
    const over = Promise.resolve();
    outbox.hold(over);
    outbox.now(key('KeyV'));
    outbox.clear();
    await over;
    frame();
    expect(texts()).toEqual([0.1, 0.2]);
  });

  it('never loses or reorders keys, and ends on the last position', async () => {
    const act = fc.oneof(
      fc.record({ move: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ key: fc.integer({ min: 0, max: 999 }) }),
      fc.constant({ frame: true }),
      fc.constant({ hold: true }),
      fc.record({ buffered: fc.constantFrom(0, 50_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 80 }), async (acts) => {
        const { outbox, frame, channel, sent } = rig();
        const keys: string[] = [];
        let last: number | undefined;
        for (const each of acts) {
          if ('move' in each) outbox.move(at((last = each.move)));
          if ('key' in each) {
            keys.push(`F${each.key}`);
            outbox.now(key(`F${each.key}`));
          }
          if ('frame' in each) frame();
          if ('hold' in each) outbox.hold(Promise.resolve());
          if ('buffered' in each) channel.buffered = each.buffered;
        }
        channel.buffered = 0;
        await new Promise((resolve) => setTimeout(resolve));
        frame();
        frame();
        expect(sent.flatMap((each) => (each.t === 'key' ? [each.code] : []))).toEqual(keys);
        expect(sent.flatMap((each) => (each.t === 'move' ? [each.x] : [])).at(-1)).toBe(last);
      }),
    );
  });
});
