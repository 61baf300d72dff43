import { describe, expect, it } from 'vitest';
import type { SealedChat } from '../protocol/chat';
import { ChatOrder } from './chat';
import { TamperError, type TamperKind } from './errors';

type Head = Omit<SealedChat, 'frame'>;
const sender = (fill: number): string => Buffer.alloc(8, fill).toString('base64url');
const head = (more: Partial<Head>): Head => ({
  epoch: 1,
  from: 'customer',
  sender: sender(5),
  n: 0,
  ...more,
});

const kindOf = (work: () => unknown): TamperKind | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof TamperError) return error.kind;
    throw error;
  }
};

describe('the order of messages', () => {
  const order = (...heads: Partial<Head>[]) => {
    const each = new ChatOrder();
    return kindOf(() => heads.forEach((one) => each.take(head(one))));
  };

  it('is each sender’s own, and begins anew with an epoch', () => {
    const other = sender(9);
    expect(
      order(
        { n: 0 },
        { n: 1 },
        { sender: other, n: 0 },
        { from: 'operator', n: 0 },
        { n: 2 },
        { epoch: 2, n: 0 },
      ),
    ).toBeNull();
  });

  it('shows what was repeated, dropped or swapped', () => {
    expect(order({ n: 0 }, { n: 0 })).toBe('replayed');
    expect(order({ n: 0 }, { n: 1 }, { n: 0 })).toBe('replayed');
    expect(order({ n: 0 }, { n: 2 })).toBe('missing');
    expect(order({ n: 1 }, { n: 0 })).toBe('missing');
    expect(order({ epoch: 2, n: 1 })).toBe('missing');
  });
});
