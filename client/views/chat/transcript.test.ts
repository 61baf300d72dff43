import { describe, expect, it } from 'vitest';
import type { Entry } from '../../session/chat/conversation';
import { dayIn, transcript } from './transcript';

const WORDS = {
  heading: 'Chat with みどり商事',
  saved: 'Saved',
  you: 'You',
  operator: 'Operator',
  unreadable: '(unreadable)',
  allowed: 'allowed',
  declined: 'declined',
  request: 'asked for a remote session.',
  guest: (name: string) => `brought in ${name}`,
  time: (at: number) => `t${at}`,
};

const entry = (seq: number | null, mine: boolean, content: Entry['content']) =>
  ({ seq, mine, content, at: seq }) as Entry;

describe('the transcript', () => {
  it('holds what was said, by whom and when, and nothing that was not sent', () => {
    const text = transcript(
      [
        entry(0, true, { t: 'text', text: 'two\nlines' }),
        entry(1, false, { t: 'text', text: 'はい' }),
        entry(2, false, null),
        entry(3, true, { t: 'answer', sessionId: 'x', granted: false }),
        entry(4, false, { t: 'guest', name: '三郎', by: '花子' }),
        entry(null, true, { t: 'text', text: 'never sent' }),
      ],
      WORDS,
      ({ seq }) => (seq === 1 ? '花子' : null),
    );
    expect(text.split('\r\n')).toEqual([
      'Chat with みどり商事',
      'Saved',
      '',
      '[t0] You: two',
      '    lines',
      '[t1] 花子: はい',
      '[t2] Operator: (unreadable)',
      '[t3] You: declined',
      '[t4] Operator: brought in 三郎',
      '',
    ]);
  });
});

it('is named after the day that it is here, not in London', () => {
  const morning = new Date(2026, 2, 5, 0, 30);
  const evening = new Date(2026, 2, 5, 23, 30);
  expect([dayIn(morning.getTime()), dayIn(evening.getTime())]).toEqual(['2026-03-05', '2026-03-05']);
});
