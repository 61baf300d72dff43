/**
 * Proof of work instead of a foreign captcha (ALTCHA). A challenge is signed and kept nowhere; its nonce is kept once it
 * was used, for as long as the challenge would be good.
 */
import { randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { Challenge, MOST_PROOF_TRIES, type Proof } from '../../shared/protocol/mail';
import { MINUTE, SECOND } from '../clock';
import type { ServerSecret } from '../server-secret';
import { spendProof } from '../store/offline';
import type { OfflineContext } from './context';

/** How long a challenge may take to be answered. */
export const CHALLENGE_GOOD_MS = 10 * MINUTE;
/** How much work a message costs: iterations for one key, and how many keys have to be tried. */
export interface ProofWork {
  cost: number;
  least: number;
  most: number;
}

/** About a second on a computer, a few on a phone; the server itself derives one key for each challenge. */
export const PROOF_WORK: ProofWork = { cost: 1000, least: 2000, most: MOST_PROOF_TRIES };

const secretsOf = (secret: ServerSecret) => ({
  hmacSignatureSecret: secret.key('proof of work').toString('hex'),
  hmacKeySignatureSecret: secret.key('proof of work key').toString('hex'),
});

/** Work for one message. */
export async function newChallenge({
  secret,
  clock,
  work,
}: Pick<OfflineContext, 'secret' | 'clock' | 'work'>): Promise<Challenge> {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: work.cost,
    counter: randomInt(work.least, work.most),
    expiresAt: Math.floor((clock.now() + CHALLENGE_GOOD_MS) / SECOND),
    deriveKey,
    ...secretsOf(secret),
  });
  return Challenge.parse(challenge);
}

/** @returns whether the work was done, in time, and not used before; afterwards it was */
export async function takeProof(
  { secret, clock, db }: Pick<OfflineContext, 'secret' | 'clock' | 'db'>,
  { challenge, solution }: Proof,
): Promise<boolean> {
  const expiresAt = challenge.parameters.expiresAt * SECOND;
  if (expiresAt <= clock.now()) return false;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secretsOf(secret) });
  return verified && spendProof(db, challenge.parameters.nonce, expiresAt);
}
