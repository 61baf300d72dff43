/** Ready-made sessions for tests that begin in the middle. The server looks at shapes only, so random bytes will do. */
import { randomBytes } from 'node:crypto';
import type { Mode, NetworkReport } from '../../shared/protocol/common';
import type { AnyAck, TestSocket } from './socket';

export const bytes = (count: number): string => randomBytes(count).toString('base64url');

export const NETWORK: NetworkReport = {
  route: 'relayed',
  protocol: 'udp',
  dtlsCipher: 'TLS_AES_128_GCM_SHA256',
  srtpCipher: 'AEAD_AES_256_GCM',
};

export interface Issued {
  rdv: string;
  opened: AnyAck;
}

/** Issues a number. */
export async function issue(
  desk: TestSocket,
  wish: { mode?: Mode; ttlMinutes?: number; rdv?: string; windowsOnly?: boolean } = {},
): Promise<Issued> {
  const { mode = 'view', ttlMinutes = 10, rdv = bytes(16), windowsOnly = false } = wish;
  const opened = await desk.ask('session:open', { rdv, mode, ttlMinutes, windowsOnly });
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened)}`);
  return { rdv, opened };
}

export const joinMessage = (rdv: string) => ({ rdv, share: bytes(32), path: 'code' });

/** Issues a number and has it typed. */
export async function pair(desk: TestSocket, customer: TestSocket, mode: Mode = 'view') {
  const { rdv, opened } = await issue(desk, { mode });
  const joined = await customer.ask('session:join', joinMessage(rdv));
  if (!joined.ok) throw new Error(`not joined: ${JSON.stringify(joined)}`);
  await desk.next('session:joined');
  return {
    id: opened.sessionId,
    rdv,
    operatorToken: opened.resume,
    customerToken: joined.resume,
    opened,
    joined,
  };
}

/** …and agreed to, and connected. */
export async function activate(desk: TestSocket, customer: TestSocket, mode: Mode = 'view') {
  const session = await pair(desk, customer, mode);
  await customer.ask('session:consent', { sessionId: session.id, granted: true });
  await customer.ask('session:connected', { sessionId: session.id, network: NETWORK });
  return session;
}
