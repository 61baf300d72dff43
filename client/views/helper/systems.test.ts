import { describe, expect, it } from 'vitest';
import type { HelperDownload } from '../../../shared/protocol/http';
import { computerOf, fitting } from './systems';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
const told = (userAgent: string, more = {}) => ({ userAgent, touchPoints: 0, ...more });

describe('computerOf', () => {
  it.each([
    ['Windows', told(WINDOWS), { system: 'windows', arch: 'amd64' }],
    ['Windows on ARM', told(WINDOWS, { architecture: 'arm' }), { system: 'windows', arch: 'amd64' }],
    ['Windows with a touch screen', told(WINDOWS, { touchPoints: 10 }), { system: 'windows', arch: 'amd64' }],
    ['Safari on a Mac', told(MAC), { system: 'macos', arch: null }],
    ['Chrome on an Apple chip', told(MAC, { architecture: 'arm' }), { system: 'macos', arch: 'arm64' }],
    ['Chrome on an Intel Mac', told(MAC, { architecture: 'x86' }), { system: 'macos', arch: 'amd64' }],
    ['Linux', told(LINUX), { system: 'linux', arch: 'amd64' }],
    ['Linux on ARM', told(LINUX.replace('x86_64', 'aarch64')), { system: 'linux', arch: 'arm64' }],
    ['iPad', told(MAC, { touchPoints: 5 }), 'phone'],
    ['iPhone', told('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)'), 'phone'],
    ['Android', told('Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile'), 'phone'],
    ['a phone that asks for the desktop site', told(LINUX, { mobile: true }), 'phone'],
    ['a Chromebook', told('Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140'), 'other'],
    ['something unknown', told(''), 'other'],
  ])('%s', (_name, browser, computer) => {
    expect(computerOf(browser)).toEqual(computer);
  });
});

describe('fitting', () => {
  const build = (system: HelperDownload['system'], arch: HelperDownload['arch']): HelperDownload => ({
    system,
    arch,
    path: `/helper/${system}-${arch}`,
    suffix: system === 'windows' ? '.exe' : '',
    bytes: 1,
    sha256: '0'.repeat(64),
    version: '0.1.0',
  });
  const arm = build('macos', 'arm64');
  const intel = build('macos', 'amd64');
  const windows = build('windows', 'amd64');
  const builds = [windows, arm, intel];

  it('offers both builds to a Mac that does not tell its chip', () => {
    expect(fitting(builds, { system: 'macos', arch: null })).toEqual({
      mine: [arm, intel],
      others: [windows],
    });
  });

  it('offers one build where the chip is known, and nothing of its own to a phone', () => {
    expect(fitting(builds, { system: 'macos', arch: 'arm64' }).mine).toEqual([arm]);
    expect(fitting(builds, 'phone')).toEqual({ mine: [], others: builds });
  });
});
