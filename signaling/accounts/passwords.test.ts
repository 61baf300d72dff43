import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords';

const passwords = createPasswords({ memoryKiB: 16 * 1024, passes: 2 }, Date.now);

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

describe('passwords', () => {
  it('are kept as Argon2id', async () => {
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=16384,t=2,p=1\$/);
    expect(await passwords.verify(stored, 'correct horse')).toBe(true);
    expect(await passwords.verify(stored, 'Correct horse')).toBe(false);
  });

  it('take as long to refuse without an account as with one', async () => {
    const stored = await passwords.hash('correct horse');
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let n = 0; n < 15; n++) {
      known.push(await timeOf(() => passwords.verify(stored, 'wrong')));
      unknown.push(await timeOf(() => passwords.verify(undefined, 'wrong')));
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('are never matched without an account', async () => {
    expect(await passwords.verify(undefined, 'nobody has this password')).toBe(false);
  });

  it('are looked at a few at a time, and a flood is sent away', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 150 }, () => passwords.verify(undefined, 'x')),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(48);
    expect(await passwords.verify(undefined, 'x')).toBe(false);
  });
});
