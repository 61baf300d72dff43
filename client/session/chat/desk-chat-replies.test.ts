import { describe, expect, it } from 'vitest';
import type { CannedReply } from '../../../shared/protocol/replies';
import { fillReply, matchReplies, replyQuery } from './desk-chat-replies';

const reply = (shortcut: string, text: string, own = false): CannedReply => ({
  id: shortcut,
  shortcut,
  text,
  own,
});
const REPLIES = [
  reply('bye', 'Good-bye, {name}'),
  reply('hello', 'Hello, {name}'),
  reply('hello', 'Hi there', true),
  reply('挨拶', 'こんにちは'),
];
const found = (query: string) => matchReplies(REPLIES, query).map(({ text }) => text);

describe('canned replies', () => {
  it('are asked for by a slash that begins a word at the end of what is written', () => {
    expect(replyQuery('/')).toBe('');
    expect(replyQuery('/he')).toBe('he');
    expect(replyQuery('/挨拶')).toBe('挨拶');
    expect(replyQuery('Hello\n/he')).toBe('he');
    expect(replyQuery('See /he')).toBe('he');
    for (const draft of ['', 'and/or', '/he llo', '/he\n', 'https://example.com']) {
      expect(replyQuery(draft)).toBeNull();
    }
  });

  it('are found by shortcut first, personal ones before the tenant’s, then by text', () => {
    expect(found('')).toHaveLength(4);
    expect(found('hello')).toEqual(['Hi there', 'Hello, {name}']);
    expect(found('HEL')).toEqual(['Hi there', 'Hello, {name}']);
    expect(found('ｂｙｅ')).toEqual(['Good-bye, {name}']);
    expect(found('there')).toEqual(['Hi there']);
    expect(found('こんにち')).toEqual(['こんにちは']);
    expect(found('nothing')).toEqual([]);
  });

  it('take the name as it is', () => {
    expect(fillReply('Hello, {name}. {Name}!', 'A $& B')).toBe('Hello, A $& B. A $& B!');
    expect(fillReply('{names}', 'x')).toBe('{names}');
  });
});
