/** Argon2id on the thread pool, a few at a time: a flood of sign-ins must not take all memory and both cores. */
import { hash, verify } from '@node-rs/argon2';
import { ProtocolError } from '../../shared/protocol/errors';

export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}

/** Second recommendation of RFC 9106, with one lane. */
export const PASSWORD_COST: PasswordCost = { memoryKiB: 64 * 1024, passes: 3 };

const AT_ONCE = 2;
const MAX_WAITING = 100;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a stored hash it works as long and says no, so that time does not tell which IDs exist. */
  verify(stored: string | undefined, password: string): Promise<boolean>;
}

export function createPasswords(cost: PasswordCost, now: () => number): Passwords {
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  const queue = createQueue(now);
  // Made beforehand: the first unknown ID must not take longer than the next.
  const nobody = hash('nobody has this password', options);
  return {
    hash: (password) => queue(() => hash(password, options)),
    async verify(stored, password) {
      const against = stored ?? (await nobody);
      const right = await queue(() => verify(against, password));
      return right && stored !== undefined;
    },
  };
}

function createQueue(now: () => number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAX_WAITING) throw new ProtocolError('limited', { retryAt: now() + 10_000 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
