import { describe, expect, it } from 'vitest';
import { createLimiter } from './limiter';
import { TokenBucket } from './token-bucket';

describe('a limiter', () => {
  it('refuses with a time to come back, and lets in again after it', async () => {
    const heard: string[] = [];
    const limiter = createLimiter({ name: 'x', points: 2, seconds: 1 }, Date.now, (name) => heard.push(name));
    await limiter.take('a');
    const back = await limiter.take('a');
    await back();
    await limiter.take('a');
    await expect(limiter.take('a')).rejects.toMatchObject({ code: 'limited' });
    await limiter.take('b');
    expect(heard).toEqual(['x']);
    await expect
      .poll(
        () =>
          limiter.take('a').then(
            () => true,
            () => false,
          ),
        { timeout: 5000 },
      )
      .toBe(true);
  });
});

it('a try costs what it is said to, at most all there is, and as much comes back', async () => {
  const limiter = createLimiter({ name: 'x', points: 10, seconds: 60 }, Date.now, () => undefined);
  await limiter.take('a', 9);
  await expect(limiter.take('a', 2)).rejects.toMatchObject({ code: 'limited' });
  const back = await limiter.take('b', 11);
  await back();
  await limiter.take('b', 10);
  await expect(limiter.take('b')).rejects.toMatchObject({ code: 'limited' });
});

describe('a bucket', () => {
  it('lets a burst through, then so much a second', () => {
    const bucket = new TokenBucket(10, 20, 0);
    expect(Array.from({ length: 21 }, () => bucket.take(1, 0)).filter((wait) => wait === 0)).toHaveLength(20);
    expect(bucket.take(1, 0)).toBe(100);
    expect(bucket.take(5, 400)).toBe(100);
    expect(bucket.take(5, 500)).toBe(0);
    expect(bucket.take(20, 100_000)).toBe(0);
    expect(bucket.take(1, 99_000)).toBe(100);
  });

  it('has what was taken afterwards paid before anything else', () => {
    const bucket = new TokenBucket(10, 20, 0);
    bucket.charge(50);
    expect(bucket.take(1, 0)).toBe(3100);
    expect(bucket.take(1, 3000)).toBe(100);
    expect(bucket.take(1, 3100)).toBe(0);
  });
});
