import { describe, expect, it } from 'vitest';
import { takenSession } from './take';

const ID = 'A'.repeat(22);
const WRITTEN = {
  v: 1,
  id: ID,
  resume: 'B'.repeat(43),
  key: 'C'.repeat(86),
  mode: 'control',
  host: { operator: '山田 花子', company: 'みどり商事' },
  windowsOnly: true,
  secret: 'D'.repeat(22),
};
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('takenSession', () => {
  it('becomes a session as after a reload, agreed to, with the helper that waits for it', () => {
    expect(takenSession(encode(WRITTEN), 1000)).toEqual({
      id: ID,
      resume: WRITTEN.resume,
      mode: 'control',
      host: WRITTEN.host,
      windowsOnly: true,
      storedAt: 1000,
      side: 'customer',
      granted: true,
      taken: true,
      relay: { side: 'customer', key: WRITTEN.key },
      helper: {
        at: 'given',
        secret: WRITTEN.secret,
        until: 601_000,
        met: false,
        adopted: true,
        grants: { input: true, clipboard: false },
      },
    });
  });

  it.each(['view', 'show', 'share'])('has no helper on this computer in the mode %s', (mode) => {
    expect(takenSession(encode({ ...WRITTEN, mode }), 0)).not.toHaveProperty('helper');
  });

  it.each([
    ['nothing', ''],
    ['no base64url', '***'],
    ['no JSON', Buffer.from('hello').toString('base64url')],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
    ['another version', encode({ ...WRITTEN, v: 2 })],
    ['an unknown field', encode({ ...WRITTEN, extra: 1 })],
    ['a short key', encode({ ...WRITTEN, key: 'C' })],
    ['a key of another length', encode({ ...WRITTEN, key: 'C'.repeat(43) })],
    ['an unknown mode', encode({ ...WRITTEN, mode: 'all' })],
    ['a name with control characters', encode({ ...WRITTEN, host: { operator: 'a\u202eb', company: 'c' } })],
    ['too much', encode({ ...WRITTEN, host: { operator: 'a', company: 'b'.repeat(5000) } })],
  ])('refuses %s', (_name, text) => {
    expect(takenSession(text, 0)).toBeNull();
  });
});
