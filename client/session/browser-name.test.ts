import { expect, it } from 'vitest';
import { DeviceName } from '../../shared/protocol/device';
import { browserName } from './browser-name';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`,
    'Chrome',
    '140',
    'Windows',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/141.0.0.0`,
    'Edge',
    '141',
    'Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox', '142', 'Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari',
    '18',
    'iOS',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'Safari',
    '18',
    'macOS',
  ],
  [
    `Mozilla/5.0 (Linux; Android 15) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`,
    'Chrome',
    '140',
    'Android',
  ],
])('%s', (userAgent, browser, number, system) => {
  const plain = browserName(userAgent, 'without version');
  expect([browserName(userAgent, 'with version'), plain]).toEqual([
    `${browser} ${number} on ${system}`,
    `${browser} on ${system}`,
  ]);
  expect(DeviceName.parse(plain)).toBe(plain);
});

it('says nothing about what it does not know', () => {
  expect(browserName('', 'with version')).toBe('');
  expect(browserName('\u202Enonsense', 'without version')).toBe('');
});
