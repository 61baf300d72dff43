/** Starts the coturn configuration that we deliver, on loopback, and asks it for what it must refuse. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, TurnClient, restCredentials } from './turn-client';

const START = fileURLToPath(new URL('../deploy/coturn/start.sh', import.meta.url));
const SECRET = 'a secret for this test and nothing else';
const FORBIDDEN = 403;
const UNAUTHORIZED = 401;
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === '::1');

const folder = mkdtempSync(join(tmpdir(), 'tasuki-turn-'));
let turn: ChildProcess;
let port: number;
let output = '';

function environment(secret: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    RUNTIME_DIRECTORY: folder,
    TASUKI_TURN_SECRET: secret,
    TASUKI_TURN_REALM: 'turn.example.org',
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const found = socket.address().port;
  socket.close();
  return found;
}

async function withClient<T>(
  run: (client: TurnClient) => Promise<T>,
  credentials: Credentials = restCredentials(SECRET, 60),
): Promise<T> {
  const client = new TurnClient('127.0.0.1', port, credentials);
  try {
    return await run(client);
  } finally {
    client.close();
  }
}

/** Ready is when it answers: its log lines differ from version to version. */
async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 25; tries++) {
    if (turn.exitCode !== null) break;
    const answered = await withClient((client) => client.allocate(4)).catch(() => undefined);
    if (answered !== undefined) return;
  }
  throw new Error(`coturn did not start:\n${output}`);
}

beforeAll(async () => {
  port = await freePort();
  const listen = ['-L', '127.0.0.1', '-E', '127.0.0.1', ...(hasIpv6 ? ['-L', '::1', '-E', '::1'] : [])];
  const ports = ['--listening-port', String(port), '--min-port', '61000', '--max-port', '61200'];
  const env = environment(SECRET);
  turn = spawn(START, [...listen, ...ports], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [turn.stdout, turn.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  await untilReady();
});

afterAll(async () => {
  if (turn.exitCode === null) {
    const gone = once(turn, 'exit');
    turn.kill('SIGKILL');
    await gone;
  }
  rmSync(folder, { recursive: true });
});

describe('deploy/coturn', () => {
  it('is understood by coturn, every line of it', () => {
    expect(output).not.toMatch(/bad configuration|unknown|unrecognized|wrong|cannot|error/i);
  });

  it('gives a relay to credentials of the shared secret only, and only until they expire', async () => {
    expect(await withClient((client) => client.allocate(4))).toBe(0);
    expect(await withClient((client) => client.allocate(4), restCredentials('another', 60))).toBe(
      UNAUTHORIZED,
    );
    expect(await withClient((client) => client.allocate(4), restCredentials(SECRET, -60))).toBe(UNAUTHORIZED);
  });

  it('refuses every IPv4 peer that is not public', async () => {
    const denied = ['0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1'];
    denied.push(
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.1',
      '192.0.2.1',
    );
    denied.push('192.168.0.1', '192.168.255.255', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1');
    denied.push('239.255.255.250', '240.0.0.1', '255.255.255.255');
    const open = ['1.1.1.1', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.1', '172.15.0.1'];
    open.push('172.32.0.1', '192.167.0.1', '223.255.255.255');
    await withClient(async (client) => {
      await client.allocate(4);
      for (const peer of denied) expect([peer, await client.permit(peer)]).toEqual([peer, FORBIDDEN]);
      for (const peer of open) expect([peer, await client.permit(peer)]).toEqual([peer, 0]);
    });
  });

  it.runIf(hasIpv6)(
    'refuses every IPv6 peer that is not public, mapped and tunnelled ones included',
    async () => {
      const denied = ['::', '::1', '::7f00:1', '::ffff:7f00:1', '::ffff:a00:1', '64:ff9b::a00:1', '2001::1'];
      denied.push('2001:db8::1', '2002:a00:1::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1');
      await withClient(async (client) => {
        expect(await client.allocate(6)).toBe(0);
        for (const peer of denied) expect([peer, await client.permit(peer)]).toEqual([peer, FORBIDDEN]);
        expect(await client.permit('2606:4700::1111')).toBe(0);
      });
    },
  );

  it('does not start without a proper secret', async () => {
    for (const secret of ['', 'short']) {
      const env = environment(secret);
      const [code] = (await once(spawn(START, [], { env, stdio: 'ignore' }), 'exit')) as [number];
      expect(code).not.toBe(0);
    }
  });
});
