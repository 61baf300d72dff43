import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Touch } from './touch';

function rig() {
  const did: string[] = [];
  const timers = new Set<{ at: number; act: () => void }>();
  let now = 0;
  const say =
    (name: string) =>
    ({ x, y }: { x: number; y: number }) =>
      did.push(`${name} ${x},${y}`);
  const touch = new Touch(
    {
      tap: say('tap'),
      longPress: say('long'),
      dragFrom: say('from'),
      dragTo: say('to'),
      drop: say('drop'),
      pinch: (_middle, moved, factor) => did.push(`pinch ${moved.x},${moved.y} ×${factor}`),
    },
    {
      now: () => now,
      after: (ms, act) => {
        const timer = { at: now + ms, act };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  );
  const wait = (ms: number) => {
    now += ms;
    for (const timer of [...timers]) {
      if (timer.at > now) continue;
      timers.delete(timer);
      timer.act();
    }
  };
  return { did, touch, wait };
}
const p = (x: number, y: number) => ({ x, y });

describe('fingers', () => {
  it('tap', () => {
    const { did, touch, wait } = rig();
    touch.down(1, p(10, 10));
    touch.move(1, p(13, 12));
    wait(100);
    touch.up(1, p(13, 12));
    wait(1000);
    expect(did).toEqual(['tap 13,12']);
  });

  it('tap twice on one spot, as a double click needs', () => {
    const { did, touch, wait } = rig();
    for (const [x, pause] of [
      [100, 150],
      [112, 900],
      [118, 0],
    ] as const) {
      touch.down(1, p(x, 50));
      touch.up(1, p(x, 50));
      wait(pause);
    }
    expect(did).toEqual(['tap 100,50', 'tap 100,50', 'tap 118,50']);
  });

  it('press long for the right button, and click nothing besides', () => {
    const { did, touch, wait } = rig();
    touch.down(1, p(10, 10));
    wait(500);
    touch.move(1, p(60, 60));
    touch.up(1, p(60, 60));
    expect(did).toEqual(['long 10,10']);
  });

  it('drag from where they went down', () => {
    const { did, touch, wait } = rig();
    touch.down(1, p(10, 10));
    touch.move(1, p(30, 10));
    wait(600);
    touch.move(1, p(40, 10));
    touch.up(1, p(40, 10));
    expect(did).toEqual(['from 10,10', 'to 30,10', 'to 40,10', 'drop 40,10']);
  });

  it('pinch with two, which clicks and drags nothing', () => {
    const { did, touch, wait } = rig();
    touch.down(1, p(0, 0));
    touch.down(2, p(100, 0));
    touch.move(2, p(200, 0));
    wait(1000);
    touch.up(2, p(200, 0));
    touch.move(1, p(50, 0));
    touch.up(1, p(50, 0));
    expect(did).toEqual(['pinch 50,0 ×2']);
  });

  it('drop what they drag when a second one comes', () => {
    const { did, touch } = rig();
    touch.down(1, p(0, 0));
    touch.move(1, p(50, 0));
    touch.down(2, p(100, 0));
    expect(did.at(-1)).toMatch(/^drop/);
  });

  it('leave nothing dragged behind, whatever they do', () => {
    const act = fc.record({
      what: fc.constantFrom('down', 'move', 'up', 'wait', 'cancel'),
      id: fc.integer({ min: 1, max: 3 }),
      x: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const { did, touch, wait } = rig();
        for (const { what, id, x } of acts) {
          if (what === 'down') touch.down(id, p(x, 0));
          if (what === 'move') touch.move(id, p(x, 0));
          if (what === 'up') touch.up(id, p(x, 0));
          if (what === 'wait') wait(x * 5);
          if (what === 'cancel') touch.cancel();
        }
        touch.cancel();
        wait(10_000);
        const count = (name: string) => did.filter((each) => each.startsWith(name)).length;
        expect(count('drop')).toBe(count('from'));
        expect(did.at(-1) ?? '').not.toMatch(/^to|^from/);
      }),
    );
  });
});
