import { wrap } from 'comlink';
import type { Challenge, Proof } from '../../shared/protocol/mail';
import type { ProofOfWork } from './proof-of-work.worker';

/**
 * Does the work in a worker of its own, which ends with it.
 * @returns null when it took too long
 */
export async function proveWork(challenge: Challenge): Promise<Proof | null> {
  const worker = new Worker(new URL('./proof-of-work.worker.ts', import.meta.url), {
    type: 'module',
    name: 'proof-of-work',
  });
  try {
    return await wrap<ProofOfWork>(worker).solve(challenge);
  } finally {
    worker.terminate();
  }
}
