import { describe, expect, it } from 'vitest';
import type { ChatContent } from '../../../../shared/protocol/chat-content';
import type { Entry } from '../../../session/chat/conversation';
import type { Request } from '../../../session/chat/remote.svelte';
import { standingOf } from './standing';

const request = (n: number): Request => ({
  t: 'request',
  sessionId: String(n).padStart(22, 'A'),
  mode: 'view',
  windowsOnly: false,
  card: { operator: 'Olga', company: 'Acme' },
});
const answer = (n: number, granted: boolean): ChatContent => ({
  t: 'answer',
  sessionId: request(n).sessionId,
  granted,
});
const entries = (...contents: (ChatContent | null)[]): Entry[] =>
  contents.map((content, seq) => ({
    id: String(seq),
    seq,
    epoch: 1,
    at: 0,
    from: 'operator',
    mine: false,
    content,
    fault: content ? null : 'forged',
    state: 'delivered',
  }));
const facts = { claim: { operator: 'Olga', epoch: 1 }, open: true, over: false };

describe('a request in the chat', () => {
  it('is open until it is answered', () => {
    expect(standingOf(request(1), entries(request(1)), facts)).toBe('open');
    expect(standingOf(request(1), entries(request(1), null, answer(1, true)), facts)).toBe('allowed');
    expect(standingOf(request(1), entries(request(1), answer(1, false)), facts)).toBe('declined');
  });

  it('is not answered by the answer to another one', () => {
    const all = entries(request(1), answer(1, false), request(2));
    expect(standingOf(request(2), all, facts)).toBe('open');
    expect(standingOf(request(1), all, facts)).toBe('declined');
  });

  it('is over when it was taken back, another one followed, or the conversation ended', () => {
    expect(standingOf(request(1), entries(request(1)), { ...facts, over: true })).toBe('over');
    expect(standingOf(request(1), entries(request(1)), { ...facts, open: false })).toBe('over');
    expect(standingOf(request(1), entries(request(1), request(2)), facts)).toBe('over');
  });

  it('cannot be answered in the name of somebody else', () => {
    const all = entries(request(1));
    const by = (operator: string) => ({ ...facts, claim: { operator, epoch: 1 } });
    expect(standingOf(request(1), all, by('Mallory'))).toBe('forged');
    expect(standingOf(request(1), all, { ...facts, claim: null })).toBe('forged');
  });

  it('is over, and nobody’s fault, once its operator has handed the conversation on', () => {
    const asked = request(1);
    const next = { operator: 'Bob', epoch: 2 };
    expect(standingOf(asked, entries(asked), { ...facts, claim: next })).toBe('over');
    const again = entries(asked, answer(1, false));
    expect(standingOf(asked, again, { ...facts, claim: next })).toBe('declined');
  });
});
