import { describe, expect, it } from 'vitest';
import type { ChatClaim } from '../../../shared/protocol/chat';
import type { Entry } from '../../session/chat/conversation';
import { logItems } from './items';

const DAY = 24 * 3_600_000;
const NOON = new Date(2026, 4, 1, 12).getTime();

const entry = (seq: number | null, given: Partial<Entry> = {}): Entry => ({
  id: `e${seq ?? 'x'}`,
  seq,
  epoch: 1,
  at: NOON,
  from: given.mine ? 'customer' : 'operator',
  mine: false,
  content: { t: 'text', text: 'x' },
  fault: null,
  state: 'delivered',
  ...given,
});
const claim = (epoch: number, operator: string) => ({ epoch, operator }) as ChatClaim;
const kinds = (...given: Parameters<typeof logItems>) => logItems(...given).map(({ is }) => is);

describe('the log', () => {
  it('says who answers before their first message, or at the end', () => {
    const asked = entry(0, { mine: true, epoch: 0 });
    const claims = [claim(1, '花子'), claim(2, '次郎')];
    expect(kinds([asked], claims.slice(0, 1), null)).toEqual(['day', 'message', 'joined']);
    const items = logItems([asked, entry(1), entry(2, { epoch: 2 })], claims, null);
    expect(items.map(({ is }) => is)).toEqual(['day', 'message', 'joined', 'message', 'joined', 'message']);
    expect(items.flatMap((item) => (item.is === 'message' ? [item.by] : []))).toEqual([null, '花子', '次郎']);
  });

  it('parts the days, and what is new from what was read', () => {
    const entries = [entry(0, { mine: true, epoch: 0 }), entry(1), entry(2), entry(3, { at: NOON + DAY })];
    expect(kinds(entries, [claim(1, 'x')], 1)).toEqual([
      'day',
      'message',
      'joined',
      'message',
      'new',
      'message',
      'day',
      'message',
    ]);
    expect(kinds(entries, [claim(1, 'x')], null)).not.toContain('new');
  });

  it('leaves an answer to the request that it answers', () => {
    const card = { operator: 'x', company: 'y' };
    const request = { t: 'request', sessionId: 'S', mode: 'view', windowsOnly: false, card } as const;
    const answer = (sessionId: string) =>
      entry(2, { mine: true, content: { t: 'answer', sessionId, granted: true } });
    const asked = entry(1, { content: request });
    expect(kinds([asked, answer('S')], [], null)).toEqual(['day', 'message']);
    expect(kinds([asked, answer('other')], [], null)).toEqual(['day', 'message', 'message']);
  });

  it('has a key of its own for each line', () => {
    const entries = [entry(0, { epoch: 0, mine: true }), entry(1), entry(null, { mine: true, epoch: null })];
    const keys = logItems(entries, [claim(1, 'x')], 0).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says that a colleague is here before the first thing they write, once', () => {
    const by = (seq: number, name: string, epoch = 1) =>
      entry(seq, { epoch, content: { t: 'text', text: 'x', by: name } });
    const claims = [claim(1, '花子'), claim(2, '次郎')];
    const items = logItems(
      [by(1, '花子'), by(2, '三郎'), by(3, '花子'), by(4, '三郎'), by(5, '次郎', 2), by(6, '花子', 2)],
      claims,
      null,
    );
    const told = items.flatMap((item) => {
      if (item.is === 'joined') return [`claim ${item.claim.operator}`];
      return item.is === 'guest' ? [`guest ${item.name}`] : item.is === 'message' ? [item.by] : [];
    });
    expect(told).toEqual([
      ...['claim 花子', '花子', 'guest 三郎', '三郎', '花子', '三郎'],
      ...['claim 次郎', '次郎', 'guest 花子', '花子'],
    ]);
  });

  it('says who was brought in, though they never write, once', () => {
    const guest = (seq: number, name: string) =>
      entry(seq, { epoch: 1, content: { t: 'guest', name, by: '花子' } });
    const items = logItems([guest(1, '三郎'), guest(2, '三郎')], [claim(1, '花子')], null);
    expect(items.slice(1)).toMatchObject([{ is: 'joined' }, { is: 'guest', name: '三郎' }]);
  });

  it('names the colleague who wrote', () => {
    const items = logItems(
      [entry(1, { content: { t: 'text', text: 'x', by: '三郎' } })],
      [claim(1, '花子')],
      null,
    );
    expect(items.at(-1)).toMatchObject({ is: 'message', by: '三郎' });
  });
});
