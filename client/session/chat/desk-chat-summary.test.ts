import { expect, it } from 'vitest';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { Entry } from './conversation';
import { lastSaid, unansweredSince } from './desk-chat-summary';

let seq = 0;
const entry = (from: Entry['from'], at: number, content: ChatContent | string | null): Entry => ({
  id: String(seq),
  seq: seq++,
  epoch: 1,
  at,
  from,
  mine: from !== 'customer',
  content:
    typeof content === 'string'
      ? { t: 'text', text: content, ...(from !== 'customer' && { by: 'Anna' }) }
      : content,
  fault: content === null ? 'forged' : null,
  state: 'sent',
});
const ANSWER: ChatContent = { t: 'answer', sessionId: 'A'.repeat(22), granted: true };

it('waits since the first message that was not answered', () => {
  expect(unansweredSince([])).toBeNull();
  expect(unansweredSince([entry('customer', 1, 'a'), entry('customer', 2, 'b')])).toBe(1);
  expect(unansweredSince([entry('customer', 1, 'a'), entry('operator', 2, 'b')])).toBeNull();
  expect(
    unansweredSince([entry('customer', 1, 'a'), entry('operator', 2, 'b'), entry('customer', 3, 'c')]),
  ).toBe(3);
});

it('takes no note for an answer, nor that somebody was brought in, and no answer to a request for a question', () => {
  const guest: ChatContent = { t: 'guest', name: 'Bert', by: 'Anna' };
  expect(unansweredSince([entry('customer', 1, 'a'), entry('operator', 2, guest)])).toBe(1);
  expect(unansweredSince([entry('customer', 1, 'a'), entry('note', 2, 'b')])).toBe(1);
  expect(unansweredSince([entry('operator', 1, 'a'), entry('customer', 2, ANSWER)])).toBeNull();
});

it('shows the last text, of whichever side, but no note and nothing that does not verify', () => {
  expect(lastSaid([])).toBeNull();
  const said = [entry('customer', 1, 'a'), entry('operator', 2, 'b')];
  const after = [entry('note', 3, 'secret'), entry('customer', 4, null), entry('customer', 5, ANSWER)];
  expect(lastSaid([...said, ...after])).toEqual({ text: 'b', by: 'Anna' });
});
