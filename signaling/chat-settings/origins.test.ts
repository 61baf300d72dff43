import { describe, expect, it } from 'vitest';
import { AllowedOrigin } from '../../shared/protocol/embed';
import { frameAncestors, isAllowedOrigin } from './origins';

const PATTERNS = ['https://www.example.com', 'https://*.example.org', 'https://*.example.net:8443'];

describe('allowed origins', () => {
  it.each([
    'https://www.example.com',
    'https://shop.example.org',
    'https://a.b.example.org',
    'https://x.example.net:8443',
  ])('%s may', (origin) => {
    expect(isAllowedOrigin(PATTERNS, origin)).toBe(true);
  });

  it.each([
    'http://www.example.com',
    'https://www.example.com:444',
    'https://www.example.com.evil.test',
    'https://example.org',
    'https://.example.org',
    'https://evilexample.org',
    'https://example.org.evil.test',
    'https://x.example.net',
    'null',
    '',
  ])('%s may not', (origin) => {
    expect(isAllowedOrigin(PATTERNS, origin)).toBe(false);
  });

  it('are all when none is named', () => {
    expect(isAllowedOrigin([], 'https://anything.test')).toBe(true);
    expect(frameAncestors([])).toBe('*');
  });

  it('can be nothing that would change the policy around them', () => {
    expect(frameAncestors(PATTERNS)).toBe(`'self' ${PATTERNS.join(' ')}`);
    for (const bad of [
      'https://a.test; script-src *',
      "'unsafe-inline'",
      '*',
      'https://a.test/',
      'https://*.*.test',
      'https://a.test https://b.test',
      'https://A.test',
      'http://a.test',
      'https://*',
    ]) {
      expect([bad, AllowedOrigin.safeParse(bad).success]).toEqual([bad, false]);
    }
  });
});
