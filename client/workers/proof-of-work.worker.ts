/** A second or two of pure computing before a message may be left, away from the page's thread. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { expose } from 'comlink';
import type { Challenge, Proof } from '../../shared/protocol/mail';

const GIVE_UP_MS = 120_000;

const proofOfWork = {
  /** @returns null when it took too long */
  async solve(challenge: Challenge): Promise<Proof | null> {
    const found = await solveChallenge({ challenge, deriveKey, timeout: GIVE_UP_MS });
    if (!found) return null;
    return { challenge, solution: { counter: found.counter, derivedKey: found.derivedKey } };
  },
};
export type ProofOfWork = typeof proofOfWork;

expose(proofOfWork);
