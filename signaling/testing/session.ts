/** Ready-made sessions for tests that begin in the middle. The server looks at shapes only, so random bytes will do. */
import { randomBytes } from 'node:crypto';
import type { Mode, NetworkReport } from '../../shared/protocol/common';
import type { TestServer } from './server';
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

export const attachMessage = (rdv: string) => ({
  rdv,
  version: '1.2.3',
  system: 'windows',
  systemVersion: 'Windows 11 24H2',
});

/** A session that is being operated, with the helper that its host handed out. */
export async function helped(server: TestServer, mode: 'control' | 'share' = 'control') {
  const [desk, customer] = [await server.desk(), await server.customer()];
  const session = await activate(desk, customer, mode);
  const [host, peer] = mode === 'control' ? [customer, desk] : [desk, customer];
  const helperRdv = bytes(16);
  const offered = await host.ask('helper:offer', { sessionId: session.id, rdv: helperRdv });
  if (!offered.ok) throw new Error(`not offered: ${JSON.stringify(offered)}`);
  const helper = await server.helper();
  const attached = await helper.ask('helper:attach', attachMessage(helperRdv));
  if (!attached.ok) throw new Error(`not attached: ${JSON.stringify(attached)}`);
  for (const browser of [host, peer]) {
    await browser.next('helper:state'); // offered
    await browser.next('helper:state'); // attached
  }
  return { ...session, desk, customer, host, peer, helper, helperRdv, attached };
}
