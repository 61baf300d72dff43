import { expect, it } from 'vitest';
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
