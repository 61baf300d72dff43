/**
 * The helper's line, in Go, against the real server and the browser's cryptography: it is refused as it should be, pairs by
 * number, speaks through the sealed relay, begins a new epoch on another socket, and ends the session.
 */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairingOrigin } from '../shared/crypto/origin';
import { SealedRelay, type RelayOutput } from '../shared/crypto/relay';
import { loadSodium } from '../shared/crypto/sodium';
import { hourOf, newCode, stretch, type Stretched } from '../shared/crypto/stretch';
import type { Relay } from '../shared/protocol/customer';
import type { CustomerJoined } from '../shared/protocol/desk';
import type { RelayEnvelope, RelayMessage } from '../shared/protocol/relay';
import { startTestServer, type TestServer } from './testing/server';
import type { TestSocket } from './testing/socket';

const HELPER = fileURLToPath(new URL('../helper', import.meta.url));
const goIsThere = spawnSync('go', ['version']).status === 0;
/** Compiling takes its time when nothing is cached. */
const PATIENCE_MS = 300_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** An operator who asks, and answers what comes out of the sealed relay. */
async function operate(desk: TestSocket, stretched: Stretched, origin: string, heard: RelayMessage[]) {
  const sodium = await loadSodium();
  const ask: RelayMessage = {
    t: 'ask',
    card: { operator: '山田', company: 'Example KK' },
    mode: 'view',
    windowsOnly: false,
  };
  let relay: SealedRelay | undefined;
  let sessionId = '';
  const post = (envelope: RelayEnvelope) => desk.ask('session:relay', { sessionId, envelope });
  const say = async (message: RelayMessage) => {
    const envelope = relay?.seal(message);
    if (envelope) await post(envelope);
  };
  async function take(out: RelayOutput) {
    for (const envelope of out.send) await post(envelope);
    heard.push(...out.messages);
    if (out.messages.some((each) => each.t === 'state' && each.consent === 'granted'))
      await say({ t: 'host', capture: 'picking' });
    // The snapshot of a new epoch, not of the first.
    if (out.opened && out.messages.length === 0) await say({ t: 'host', capture: 'on' });
  }
  desk.raw.on('session:joined', (joined: CustomerJoined) => {
    sessionId = joined.sessionId;
    relay = SealedRelay.forOperator(sodium, stretched, origin, joined.share, ask);
    for (const envelope of relay.attach()) void post(envelope);
  });
  desk.raw.on('session:relay', ({ envelope }: Relay) => {
    if (relay) void take(relay.receive(envelope));
  });
}

describe.skipIf(!goIsThere)("the helper's line in Go", () => {
  it(
    'pairs, speaks, reconnects and ends',
    async () => {
      const sodium = await loadSodium();
      const code = newCode(sodium);
      const origin = pairingOrigin(server.url);
      const stretched = stretch(sodium, code, origin, hourOf(Date.now()));
      const desk = await server.desk();
      const heard: RelayMessage[] = [];
      await operate(desk, stretched, origin, heard);
      const opened = await desk.ask('session:open', {
        rdv: stretched.rdv,
        mode: 'view',
        ttlMinutes: 60,
        windowsOnly: false,
      });
      expect(opened).toMatchObject({ ok: true });

      const { stdout } = await promisify(execFile)(
        'go',
        ['test', './internal/socketio', '-count=1', '-v', '-run', '^TestRealServer$'],
        {
          cwd: HELPER,
          env: {
            ...process.env,
            CGO_ENABLED: '0',
            // As scripts/helper-test.mjs has it, so that nothing is compiled twice.
            GOFLAGS: '-trimpath -buildvcs=false -gcflags=all=-l',
            TASUKI_TEST_ORIGIN: server.url,
            TASUKI_TEST_CODE: code,
          },
        },
      ).catch((error: unknown) => {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        throw new Error(stdout + stderr, { cause: error });
      });
      expect(stdout).toContain('--- PASS: TestRealServer');

      expect(heard).toEqual([
        { t: 'state', consent: 'reading', capture: 'none', windowsOnly: false },
        { t: 'state', consent: 'granted', capture: 'none', windowsOnly: false },
        { t: 'relink' },
      ]);
      expect(await desk.next('session:ended')).toMatchObject({ by: 'customer', reason: 'cancelled' });
    },
    PATIENCE_MS,
  );
});
