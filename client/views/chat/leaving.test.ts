import { expect, it } from 'vitest';
import type { ChatContent } from '../../../shared/protocol/chat-content';
import type { Entry } from '../../session/chat/conversation';
import { added, saidSoFar } from './leaving';

const QUESTION: ChatContent = {
  t: 'question',
  name: '佐藤',
  text: 'The printer\nin the hall does not print.',
  page: null,
  title: '',
  browser: '',
  language: '',
};
const entry = (seq: number, content: ChatContent, mine = true): Entry => ({
  id: String(seq),
  seq,
  epoch: 0,
  at: 0,
  from: mine ? 'customer' : 'operator',
  mine,
  content,
  fault: null,
  state: 'sent',
});
const said = saidSoFar(
  [
    entry(0, QUESTION),
    entry(1, { t: 'text', text: 'It blinks.' }),
    entry(2, { t: 'text', text: 'One moment.' }, false),
  ],
  ' Is anybody there? ',
);

it('takes along who asks, what was asked, and what is not sent yet', () => {
  expect(said).toEqual({
    name: '佐藤',
    subject: 'The printer in the hall does not print.',
    texts: [QUESTION.text, 'It blinks.', 'Is anybody there?'],
  });
  expect(saidSoFar([], '')).toEqual({ name: '', subject: '', texts: [] });
});

it('brings back what was added, and nothing that was said before', () => {
  const text = said.texts.join('\n\n');
  expect(added(`${said.subject}\n${text}`, said)).toBe('');
  expect(added(`${said.subject}\n${text}\n\nPlease call $& me.`, said)).toBe('Please call $& me.');
  expect(added(`Urgent!\n${text}`, said)).toBe('Urgent!');
  expect(added('Something else.', said)).toBe('Something else.');
});
