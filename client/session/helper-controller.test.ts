import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../../shared/crypto/encoding';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import type { Mode, Side } from '../../shared/protocol/common';
import type { InputMessage } from '../../shared/protocol/input';
import { STATUS, controllerRig } from './helper-controller.fake';
import { MAX_TAMPERED } from './helper-controller-keeper.svelte';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const rig = (mode?: Mode, side?: Side) => controllerRig(sodium, mode, side);
const TEXT = { t: 'text', part: 0, of: 1, text: 'copied' } as const;
const KEY: InputMessage = { t: 'key', code: 'KeyA', down: true };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the link with the helper', () => {
  it('carries input once the helper has said what is granted', () => {
    const { controller, offer } = rig();
    const link = offer();
    expect(controller.input(KEY)).toBe(false);
    link.events.message(STATUS);
    expect(controller.input(KEY)).toBe(true);
    expect(link.inputs).toEqual([KEY]);
  });

  it('is lost while nobody answers, and is back with the first answer', async () => {
    const { controller, operate } = rig();
    const link = operate();
    await pass(6_000);
    expect([controller.link, controller.status, controller.input(KEY)]).toEqual(['lost', null, false]);
    const pings = link.pings;
    await pass(2_000);
    expect(link.pings).toBe(pings + 2);
    link.events.message({ t: 'pong', at: 1 });
    expect([controller.link, controller.status, controller.input(KEY)]).toEqual(['up', STATUS, true]);
  });

  it('takes what an older link says for nothing', () => {
    const { controller, operate, offer } = rig();
    const old = operate();
    offer();
    expect(old.closed).toBe(true);
    old.events.message(STATUS);
    old.events.tampered();
    expect([controller.link, controller.status]).toEqual(['up', null]);
  });

  it('is made anew when it did not verify, a few times and not for ever', async () => {
    const { controller, links, offer, operate, said, ends } = rig();
    for (let times = 1; times <= MAX_TAMPERED; times++) {
      operate().events.tampered();
      expect([controller.link, controller.dropped, controller.input(KEY)]).toEqual(['lost', times, false]);
      said.length = 0;
      await pass(35_000);
      expect(said).toContainEqual({ t: 'relink' });
    }
    operate().events.tampered();
    expect(controller.link).toBe('tampered');
    expect(said.at(-1)).toEqual({ t: 'end', by: 'operator', reason: 'tampered' });
    const made = links.length;
    said.length = 0;
    offer();
    await pass(60_000);
    expect([links.length, said, ends]).toEqual([made, [], []]);
    expect(controller.dropped).toBe(MAX_TAMPERED + 2);
  });
});

describe('what a helper says that it must not', () => {
  it.each([
    ['on the line', 'operator', 'operator'],
    ['on the link', 'operator', 'server'],
    ['on the line', 'customer', 'customer'],
    ['on the link', 'customer', 'customer'],
  ] as const)('speaks %s at the %s for its own side only', (where, side, by) => {
    const { ends, say, operate } = rig(side === 'operator' ? 'control' : 'share', side);
    const link = operate();
    for (const reason of ['cancelled', 'declined'] as const) {
      if (where === 'on the line') say({ t: 'end', by, reason });
      else link.events.message({ t: 'end', by, reason });
    }
    const helpers = side === 'operator' ? 'customer' : 'operator';
    expect(ends).toEqual([`${helpers} cancelled`, `${helpers} failed`]);
  });

  it('ends the session by a replayed or forged frame on the line', () => {
    const { ends, say, controller } = rig();
    const frame = say({ t: 'relink' });
    expect(controller.dropped).toBe(1); // ours to say
    controller.receive(frame);
    controller.receive({ ...frame, frame: 'A'.repeat(60) } as typeof frame);
    expect(ends).toEqual(['operator tampered', 'operator tampered']);
  });

  it('is dropped and counted out of turn', () => {
    const { controller, say, operate, links } = rig();
    operate();
    const other = toBase64(sodium, sodium.randombytes_buf(16));
    const candidate = {
      type: 'candidate',
      candidate: { candidate: 'x', sdpMid: '0', sdpMLineIndex: 0 },
    } as const;
    say({ t: 'signal', link: other, nonce: other, data: candidate });
    say({ t: 'signal', link: other, nonce: other, data: { type: 'answer', sdp: 'v=0' } });
    expect([controller.dropped, links.length, controller.link]).toEqual([2, 1, 'up']);
  });

  it('does not reach the clipboard without its grant, or in a mode that has none', () => {
    const control = rig();
    const link = control.offer();
    link.events.message({ ...STATUS, grants: { input: true, clipboard: false } });
    link.events.clipboard(TEXT);
    expect([control.texts, control.controller.dropped]).toEqual([[], 1]);
    link.events.message(STATUS);
    link.events.clipboard(TEXT);
    expect(control.texts).toEqual(['copied']);

    const share = rig('share', 'customer');
    share.operate().events.clipboard(TEXT);
    expect([share.texts, share.controller.dropped]).toEqual([[], 1]);
    expect(share.controller.sendClipboard('text')).toBe('not-allowed');
    expect(share.controller.input(KEY)).toBe(true);
  });

  it.each([
    ['view', 'operator'],
    ['show', 'customer'],
    ['control', 'customer'],
    ['share', 'operator'],
  ] as const)('lets nobody operate in %s as %s', (mode, side) => {
    const { controller, operate } = rig(mode, side);
    const link = operate();
    expect([controller.canInput, controller.input(KEY), link.inputs]).toEqual([false, false, []]);
  });
});

describe('what the host’s page withholds', () => {
  it('is not used, and nothing stays pressed', () => {
    const { controller, operate } = rig();
    const link = operate();
    controller.withhold({ input: true, clipboard: false });
    expect(link.inputs).toEqual([{ t: 'release' }]);
    expect([controller.input(KEY), controller.canClipboard]).toEqual([false, true]);
    expect(controller.status?.grants).toEqual({ input: false, clipboard: true });
    link.events.message(STATUS); // the helper has not heard of it
    expect(controller.canInput).toBe(false);
    controller.withhold({ input: false, clipboard: false });
    expect(controller.input(KEY)).toBe(true);
  });
});

describe('the end', () => {
  it('is said on the link and on the line, and nothing is sent after it', () => {
    const { controller, operate, said } = rig();
    const link = operate();
    controller.close('operator', 'cancelled');
    expect(link.said.at(-1)).toEqual({ t: 'end', by: 'operator', reason: 'cancelled' });
    expect(said.at(-1)).toEqual({ t: 'end', by: 'operator', reason: 'cancelled' });
    expect([controller.link, controller.input(KEY)]).toEqual(['none', false]);
    vi.advanceTimersByTime(200);
    expect(link.closed).toBe(true);
  });
});
