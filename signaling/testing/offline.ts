/** A visitor's browser as tests need it: does the work and seals for a vault. */
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { sealOffline } from '../../shared/crypto/offline';
import { loadSodium } from '../../shared/crypto/sodium';
import type { OfflineContent } from '../../shared/protocol/chat-content';
import type { Challenge, NewOfflineMessage, Proof } from '../../shared/protocol/mail';
import type { Answer, TestServer } from './server';

export const CONTENT: OfflineContent = {
  name: 'Vera Visitor',
  mail: 'vera@example.org',
  subject: 'Printer',
  text: 'It does not print.',
  page: 'https://www.example.org/contact',
  browser: 'Chrome 140 on Linux',
  language: 'en-GB',
};

export async function solve(challenge: Challenge): Promise<Proof> {
  const found = await solveChallenge({ challenge, deriveKey });
  if (!found) throw new Error('not solved');
  return { challenge, solution: { counter: found.counter, derivedKey: found.derivedKey } };
}

export const challengeOf = async (server: TestServer): Promise<Challenge> =>
  (await server.request('GET', '/api/chat/challenge')).body as Challenge;

/** A message that the server takes. */
export async function offlineMessage(
  server: TestServer,
  vaultKey: string,
  change: Partial<NewOfflineMessage> = {},
): Promise<NewOfflineMessage> {
  const { subscriber } = await server.db.selectFrom('tenants').select('subscriber').executeTakeFirstOrThrow();
  return {
    owner: subscriber,
    language: 'en',
    box: sealOffline(await loadSodium(), CONTENT, vaultKey),
    proof: await solve(await challengeOf(server)),
    website: '',
    ...change,
  };
}

export const leave = (server: TestServer, body: object): Promise<Answer> =>
  server.request('POST', '/api/chat/offline', { body });
