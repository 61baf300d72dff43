import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputMessage } from '../../shared/protocol/input';
import { Outbox } from './outbox';
import { PointerInput } from './pointer';

function rig() {
  const sent: InputMessage[] = [];
  const outbox = new Outbox({
    send: (message) => sent.push(InputMessage.parse(message)) > 0,
    buffered: () => 0,
    frame: () => undefined,
  });
  return { sent, pointer: new PointerInput(outbox) };
}
const spot = (x: number) => ({ s: 1, x, y: 0.5 });
const shown = (sent: InputMessage[]) =>
  sent.map((each) => {
    if (each.t === 'button') return `${each.down ? '+' : '-'}${each.button}@${each.x}`;
    return 'x' in each ? `${each.t}@${each.x}` : each.t;
  });

describe('the pointer', () => {
  it('drags: the button goes down and up exactly where it did, with the moves between in order', () => {
    const { pointer, sent } = rig();
    pointer.pointer({ buttons: 0 }, spot(0.1));
    pointer.pointer({ buttons: 1 }, spot(0.2));
    pointer.pointer({ buttons: 1 }, spot(0.3));
    pointer.pointer({ buttons: 0 }, spot(0.4));
    expect(shown(sent)).toEqual(['move@0.1', '+0@0.2', 'move@0.3', '-0@0.4']);
  });

  it('knows five buttons, several at once', () => {
    const { pointer, sent } = rig();
    for (const buttons of [1, 1 | 2, 2, 2 | 4 | 8 | 16, 0]) pointer.pointer({ buttons }, spot(0.5));
    expect(shown(sent).map((each) => each.slice(0, 2))).toEqual([
      '+0',
      '+2',
      '-0',
      '+1',
      '+3',
      '+4',
      '-1',
      '-2',
      '-3',
      '-4',
    ]);
  });

  it('presses nothing beside the picture, and lets go there', () => {
    const { pointer, sent } = rig();
    pointer.pointer({ buttons: 1 }, spot(0), false);
    pointer.pointer({ buttons: 1 }, spot(0.2));
    pointer.pointer({ buttons: 3 }, spot(1), false);
    pointer.pointer({ buttons: 0 }, spot(1), false);
    expect(shown(sent)).toEqual(['move@0', '+0@0.2', 'move@1', '-0@1']);
  });

  it('never presses twice, and never leaves a button down that is up here', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ buttons: fc.integer({ min: 0, max: 255 }), on: fc.boolean() })),
        (events) => {
          const { pointer, sent } = rig();
          for (const { buttons, on } of events) pointer.pointer({ buttons }, spot(0.5), on);
          pointer.pointer({ buttons: 0 }, spot(0.5), false);
          const down = new Set<number>();
          for (const message of sent) {
            if (message.t !== 'button') continue;
            expect(down.has(message.button)).toBe(!message.down);
            if (message.down) down.add(message.button);
            else down.delete(message.button);
          }
          expect(down.size + pointer.down).toBe(0);
        },
      ),
    );
  });

  it('clicks for a finger', () => {
    const { pointer, sent } = rig();
    pointer.click(spot(0.7), 2);
    expect(shown(sent)).toEqual(['move@0.7', '+2@0.7', '-2@0.7']);
  });
});
