import { describe, expect, it } from 'vitest';
import en from '../../i18n/en/desk';
import ja from '../../i18n/ja/desk';
import { invitationLink, mailDraft, MAX_MAILTO, ownDraft } from './invitation';

it('puts the number into the fragment', () => {
  expect(invitationLink('https://help.example', 'ABCD2345', '12345678')).toBe(
    'https://help.example/c/ABCD2345#12345678',
  );
});

it('escapes a draft so that mail programs keep its lines', () => {
  expect(mailDraft('A & B', 'one\ntwo #3')).toBe('mailto:?subject=A%20%26%20B&body=one%0D%0Atwo%20%233');
});

it('lets an address add nothing to a draft', () => {
  expect(mailDraft('A', 'B', 'x@example.org?bcc=y@example.org&a=b')).toBe(
    'mailto:x%40example.org%3Fbcc%3Dy%40example.org%26a%3Db?subject=A&body=B',
  );
});

describe('a draft for one’s own mail program', () => {
  const link = 'https://help.example/c/ABCD2345#12345678';
  const bodyOf = (draft: string) => new URL(draft).searchParams.get('body');

  it('holds the whole mail where there is room', () => {
    expect(bodyOf(ownDraft({ subject: 'S', text: 'long', short: 'short', link }, ''))).toBe('long');
  });

  it('is shorter where Windows would open nothing', () => {
    const text = '漢'.repeat(300);
    const draft = ownDraft({ subject: 'S', text, short: 'short', link }, 'x@example.org');
    expect([bodyOf(draft), draft.length <= MAX_MAILTO]).toEqual(['short', true]);
  });

  it('always holds the link', () => {
    const text = '漢'.repeat(300);
    expect(bodyOf(ownDraft({ subject: 'S', text, short: text, link }, ''))).toBe(link);
    expect(bodyOf(ownDraft({ subject: text, text, short: text, link }, ''))).toBe(link);
  });

  it.each([
    ['ja', ja],
    ['en', en],
  ] as const)('fits with the words of the catalog (%s)', (_language, words) => {
    const values: Record<string, string> = {
      greeting: '山田太郎株式会社 様',
      company: 'みどり商事サポートセンター',
      operator: '鈴木 花子',
      mode: words['mail.mode.control'],
      until: '2026年11月21日 14:05',
      link: 'https://support.midori-shoji.example/c/ABCD2345#12345678',
      code: '1234 5678',
    };
    const filled = (text: string) =>
      text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? '?');
    const [subject, text, short] = [words['mail.subject'], words['mail.body'], words['mail.short']].map(
      filled,
    );
    const draft = ownDraft({ subject: subject!, text: text!, short: short!, link }, 'taro@example.org');
    expect(bodyOf(draft)).not.toBe(link);
    expect(bodyOf(draft)).toContain(values.link);
    expect(bodyOf(draft)).toContain(values.until);
  });
});
