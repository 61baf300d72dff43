import { proxy, wrap } from 'comlink';
import type { Challenge, Proof } from '../../shared/protocol/mail';
import type { ProofOfWork } from './proof-of-work.worker';

/**
 * Does the work in a worker of its own, which ends with it.
 * @param onprogress told how much of it is done at least, from 0 to 1
 * @returns null when it took too long
 */
export async function proveWork(
  challenge: Challenge,
  onprogress: (done: number) => void,
): Promise<Proof | null> {
  const worker = new Worker(new URL('./proof-of-work.worker.ts', import.meta.url), {
    type: 'module',
    name: 'proof-of-work',
  });
  try {
    return await wrap<ProofOfWork>(worker).solve(challenge, proxy(onprogress));
  } finally {
    worker.terminate();
  }
}
