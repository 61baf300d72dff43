import { describe, expect, it } from 'vitest';
import { addressReader, isLoopback, limitKey } from './address';

const read = (trusted: string[], remoteAddress: string, forwarded?: string | string[]) =>
  addressReader(trusted)({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } });

describe('the address behind a request', () => {
  it.each<[string, string[], string, string | string[] | undefined, string]>([
    ['the socket’s, without a proxy', [], '192.0.2.1', undefined, '192.0.2.1'],
    ['the socket’s, if that is no trusted proxy', [], '192.0.2.1', '198.51.100.1', '192.0.2.1'],
    ['what a trusted proxy saw', ['192.0.2.0/24'], '192.0.2.1', '198.51.100.1', '198.51.100.1'],
    [
      'the rightmost untrusted',
      ['192.0.2.0/24'],
      '192.0.2.1',
      '1.1.1.1, 198.51.100.1, 192.0.2.9',
      '198.51.100.1',
    ],
    ['not what the customer claims', ['192.0.2.1'], '192.0.2.1', '10.0.0.1, 203.0.113.5', '203.0.113.5'],
    ['over several header lines', ['192.0.2.1'], '192.0.2.1', ['10.0.0.1', '203.0.113.5'], '203.0.113.5'],
    ['the proxy’s, if it says nonsense', ['192.0.2.1'], '192.0.2.1', 'unknown', '192.0.2.1'],
    ['without a port', ['::1'], '::1', '203.0.113.5:4711', '203.0.113.5'],
    ['without brackets', ['::1'], '::1', '[2001:db8::5]:4711', '2001:db8::5'],
    ['never mapped into IPv6', ['127.0.0.1'], '::ffff:127.0.0.1', '::ffff:203.0.113.5', '203.0.113.5'],
    ['the outermost, if all are trusted', ['10.0.0.0/8'], '10.0.0.1', '10.0.0.2', '10.0.0.2'],
  ])('is %s', (_what, trusted, remote, forwarded, expected) => {
    expect(read(trusted, remote, forwarded)).toBe(expected);
  });

  it('counts an IPv6 household as one', () => {
    expect(limitKey('2001:db8:1:2:3:4:5:6')).toBe(limitKey('2001:db8:1:2::1'));
    expect(limitKey('2001:db8:1:3::1')).not.toBe(limitKey('2001:db8:1:2::1'));
    expect(limitKey('192.0.2.1')).toBe('192.0.2.1');
  });

  it('knows this machine', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1', '192.0.2.1', 'unknown'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
