/** A second or two of pure computing before a message may be left, away from the page's thread. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { expose } from 'comlink';
import { MOST_PROOF_TRIES, type Challenge, type Proof } from '../../shared/protocol/mail';

const GIVE_UP_MS = 120_000;
/** Tries between two reports. */
const REPORT_EVERY = 100;

const proofOfWork = {
  /**
   * @param onprogress told from time to time how much is done, from 0 to 1
   * @returns null when it took too long
   */
  async solve(challenge: Challenge, onprogress: (done: number) => void): Promise<Proof | null> {
    let tries = 0;
    const counted: typeof deriveKey = (...work) => {
      if (++tries % REPORT_EVERY === 0) onprogress(Math.min(1, tries / MOST_PROOF_TRIES));
      return deriveKey(...work);
    };
    const found = await solveChallenge({ challenge, deriveKey: counted, timeout: GIVE_UP_MS });
    if (!found) return null;
    return { challenge, solution: { counter: found.counter, derivedKey: found.derivedKey } };
  },
};
export type ProofOfWork = typeof proofOfWork;

expose(proofOfWork);
