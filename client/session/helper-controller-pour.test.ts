import { describe, expect, it } from 'vitest';
import type { ClipboardMessage } from '../../shared/protocol/input';
import { splitText } from './helper-controller-clipboard';
import { ClipboardPour } from './helper-controller-pour';

function rig() {
  const did: string[] = [];
  const pings: number[] = [];
  const channel = { room: 0 };
  const pour = new ClipboardPour({
    takes: () => channel.room > 0,
    send: ({ part, of }: ClipboardMessage) => {
      channel.room -= 1;
      did.push(`${part}/${of}`);
    },
    ping: (at) => {
      pings.push(at);
      did.push('ping');
    },
  });
  return { did, pings, channel, pour };
}
const parts = (chars: number) => splitText('x'.repeat(chars))!;

describe('pouring a text into the clipboard channel', () => {
  it('waits while the channel is full', () => {
    const { did, channel, pour } = rig();
    channel.room = 2;
    pour.start(parts(30_000));
    expect(did).toEqual(['0/3', '1/3']);
    channel.room = 2;
    pour.more();
    expect(did).toEqual(['0/3', '1/3', '2/3']);
  });

  it('tells that all has arrived only after the answer to a ping behind all of it', async () => {
    const { did, pings, channel, pour } = rig();
    channel.room = 1;
    pour.start(parts(20_000));
    let arrived = false;
    const waiting = pour.arrived().then(() => (arrived = true));
    pour.onPong(performance.now()); // to an earlier ping
    await Promise.resolve();
    expect([did, arrived]).toEqual([['0/2'], false]);
    channel.room = 1;
    pour.more();
    expect(did).toEqual(['0/2', '1/2', 'ping']);
    pour.onPong(pings[0]! - 1);
    await Promise.resolve();
    expect(arrived).toBe(false);
    pour.onPong(pings[0]!);
    await waiting;
    expect(arrived).toBe(true);
  });

  it('lets a newer text take the place of an older one, and nobody wait for a lost link', async () => {
    const { did, channel, pour } = rig();
    channel.room = 1;
    pour.start(parts(30_000));
    channel.room = 9;
    pour.start(parts(5));
    expect(did).toEqual(['0/3', '0/1']);
    const waiting = pour.arrived();
    pour.settle();
    await waiting;
    channel.room = 0;
    pour.start(parts(30_000));
    pour.forget();
    channel.room = 9;
    pour.more();
    expect(did).toEqual(['0/3', '0/1', 'ping']);
  });
});
