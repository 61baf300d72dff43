import { expect, it } from 'vitest';
import { OfflineContent } from '../../../shared/protocol/chat-content';
import { replyLink } from './reply';

const parts = (link: string) => {
  const [to, query] = link.replace('mailto:', '').split('?');
  const params = new URLSearchParams(query);
  return { to: decodeURIComponent(to ?? ''), subject: params.get('subject'), body: params.get('body') };
};

it('quotes the message below room for the answer', () => {
  expect(parts(replyLink('vera@example.org', 'Re: A & B', 'Vera wrote:', 'one\ntwo + #3'))).toEqual({
    to: 'vera@example.org',
    subject: 'Re: A & B',
    body: '\r\n\r\nVera wrote:\r\n> one\r\n> two + #3\r\n',
  });
});

it('lets an address add no further recipient', () => {
  const link = replyLink('vera@example.org?bcc=eve@example.org&x=', 'S', 'I', 'T');
  expect(link.startsWith('mailto:vera%40example.org%3Fbcc%3Deve%40example.org%26x%3D?subject=S&body=')).toBe(
    true,
  );
});

it('takes half a pair of characters, which no address can hold, as an unknown one', () => {
  const content = { name: 'V\ud800', mail: 'vera@example.org', subject: 'A\udfff', text: 'one\ud800\ntwo' };
  const opened = OfflineContent.parse({ ...content, page: null, browser: '', language: '' });
  expect([opened.name, opened.subject, opened.text]).toEqual(['V\ufffd', 'A\ufffd', 'one\ufffd\ntwo']);
  expect(parts(replyLink(content.mail, content.subject, content.name, content.text))).toEqual({
    to: content.mail,
    subject: 'A\ufffd',
    body: '\r\n\r\nV\ufffd\r\n> one\ufffd\r\n> two\r\n',
  });
});

it.each(['漢字かな'.repeat(1000), 'x'.repeat(4000), 'line\n'.repeat(800), '😀'.repeat(1000)])(
  'shortens a long one to what mail programs take, at a whole character',
  (text) => {
    const link = replyLink('vera@example.org', '返信：件名', 'intro', text);
    expect(link.length).toBeLessThanOrEqual(1900);
    expect(link.length).toBeGreaterThan(1800);
    expect(parts(link).body?.trimEnd().endsWith('…')).toBe(true);
    expect(parts(link).body).not.toContain('\ufffd');
  },
);
