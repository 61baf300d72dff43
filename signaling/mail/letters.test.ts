import { describe, expect, it } from 'vitest';
import { LANGUAGES, MODES } from '../../shared/protocol/common';
import { escapeHtml, mailOf } from './letter';
import { noticeLetter, sessionLetter, testLetter } from './letters';
import { timeInZone } from './time';

const AT = Date.UTC(2026, 10, 21, 5, 5);
const LINK = 'https://support.example.org/c/ABCD2345#12345678';

const session = (language: 'ja' | 'en', change: Partial<Parameters<typeof sessionLetter>[0]> = {}) =>
  mailOf(
    sessionLetter({
      language,
      to: { name: 'Carla Customer', address: 'carla@example.org' },
      operator: 'Olga Operator',
      company: 'Acme 株式会社',
      site: 'support.example.org',
      code: '1234 5678',
      until: timeInZone(AT, 'Asia/Tokyo', language) ?? '',
      mode: 'view',
      windowsOnly: false,
      link: LINK,
      ...change,
    }),
  );

describe.each(LANGUAGES)('the session mail in %s', (language) => {
  it('says who, what, until when, how to refuse and where (RS-72, T-RS-12)', () => {
    const { text, html, subject } = session(language);
    const needed = {
      en: [
        'Carla Customer',
        'Olga Operator',
        'Acme 株式会社',
        '1234 5678',
        '14:05 JST|14:05 GMT\\+9',
        'Decline',
        'password',
      ],
      ja: [
        'Carla Customer',
        'Olga Operator',
        'Acme 株式会社',
        '1234 5678',
        '14:05 JST|14:05 GMT\\+9',
        '拒否',
        'パスワード',
      ],
    }[language];
    for (const each of needed) {
      expect(text).toMatch(new RegExp(each));
      expect(html).toMatch(new RegExp(each));
    }
    expect(subject).toContain('Acme 株式会社');
    expect(text.split('\n')).toContain(LINK);
    expect(html).toContain(`<a href="${LINK}">${LINK}</a>`);
  });

  it('fetches nothing from anywhere and runs nothing', () => {
    const { html } = session(language);
    expect(html).not.toMatch(/<(img|script|link|iframe|table|form)|src=|url\(/i);
    expect(html.match(/https?:\/\/[^"<\s]+/g)?.every((each) => each === LINK)).toBe(true);
    expect(html).toContain(`<html lang="${language}">`);
  });

  it('has words for every mode', () => {
    const texts = MODES.map((mode) => session(language, { mode }).text);
    expect(new Set(texts).size).toBeGreaterThanOrEqual(4); // to operate is the same for both modes that do
    expect(session(language, { windowsOnly: true }).text).not.toBe(session(language).text);
  });

  it('shows names as text, whatever stands in them', () => {
    const { html, text } = session(language, {
      operator: '<script>alert(1)</script>',
      to: { name: '"><img src=x onerror=alert(1)>', address: 'x@example.org' },
    });
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script&gt;');
    expect(text).toContain('<script>alert(1)</script>');
  });
});

it('a notice says that a message waits, and where', () => {
  for (const language of LANGUAGES) {
    const desk = 'https://support.example.org/desk';
    const mail = mailOf(noticeLetter(language, { name: 'Olga', address: 'olga@example.org' }, 'Acme', desk));
    expect(mail.automatic).toBe(true);
    expect(mail.text.split('\n')).toContain(desk);
    expect(mailOf(testLetter(language, mail.to, 'Acme')).text).toContain('Acme');
  }
});

it('tells times with their zone, and no zone that does not exist', () => {
  expect(timeInZone(AT, 'Asia/Tokyo', 'ja')).toMatch(/2026年11月21日.*14:05.*(JST|GMT\+9)/);
  expect(timeInZone(AT, 'Europe/Berlin', 'en')).toMatch(/21 November 2026.*06:05.*(CET|GMT\+1)/);
  expect(timeInZone(AT, 'Middle/Earth', 'en')).toBeNull();
});

it('escapes everything that HTML could take for its own', () => {
  expect(escapeHtml(`<a href='x' title="y">&</a>`)).toBe(
    '&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;',
  );
});
