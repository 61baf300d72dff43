import { describe, expect, it } from 'vitest';
import { partsOf } from './links';

const links = (text: string) => partsOf(text).filter(({ href }) => href !== null);
const joined = (text: string) =>
  partsOf(text)
    .map((part) => part.text)
    .join('');

describe('links', () => {
  it('are found among text, which stays as it is', () => {
    const text = 'See https://example.com/a?b=1#c, or www.example.org. Mail: info@example.com!';
    expect(links(text)).toEqual([
      { text: 'https://example.com/a?b=1#c', href: 'https://example.com/a?b=1#c' },
      { text: 'www.example.org', href: 'https://www.example.org/' },
      { text: 'info@example.com', href: 'mailto:info@example.com' },
    ]);
    expect(joined(text)).toBe(text);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.com/%0Aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'https://bank.example@evil.example/',
    'https://user:secret@example.com/',
    '<script>alert(1)</script>',
    'tasuki:abc',
  ])('never lead anywhere but where they say: %s', (text) => {
    for (const { href } of links(text)) {
      expect(href).toMatch(/^(https?|mailto):/);
      expect(new URL(href!).username).toBe('');
      expect(href).not.toMatch(/^https:\/\/(bank|user)/);
    }
    expect(joined(text)).toBe(text);
  });

  it('show a host in foreign letters as browsers resolve it', () => {
    // The first letter is Cyrillic.
    for (const { text } of links('https://аpple.com/login'))
      expect(text).toBe('https://xn--pple-43d.com/login');
    expect(links('https://аpple.com/login')).toHaveLength(1);
  });

  it('are found quickly in the longest message', () => {
    const start = performance.now();
    partsOf('www.a.b.'.repeat(500));
    partsOf('http://'.repeat(570));
    partsOf('@'.repeat(4000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
