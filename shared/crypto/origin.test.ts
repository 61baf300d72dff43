import { describe, expect, it } from 'vitest';
import { pairingOrigin } from './origin';

describe('pairingOrigin', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://localhost:8080'],
    ['http://127.0.0.1', 'http://localhost'],
    ['https://support.example', 'https://support.example'],
    ['http://127.0.0.1.example:80', 'http://127.0.0.1.example:80'],
  ])('%s → %s', (origin, out) => expect(pairingOrigin(origin)).toBe(out));
});
