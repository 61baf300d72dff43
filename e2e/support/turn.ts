/** A real coturn for the stories, on addresses of this machine only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from './product';

export interface Turn {
  port: number;
  secret: string;
  stop: () => Promise<void>;
}

/** @param address to listen and relay on; loopback peers are allowed here because both browsers are on this machine */
export async function startTurn(address = '127.0.0.1'): Promise<Turn> {
  const port = await freePort();
  const secret = 'a secret for stories only';
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-turn-'));
  const args = ['-n', '--no-cli', '--no-tls', '--no-dtls', '--fingerprint', '--use-auth-secret'];
  args.push(`--static-auth-secret=${secret}`, '--realm=tasuki.test', `--listening-port=${port}`);
  args.push(`--listening-ip=${address}`, `--relay-ip=${address}`, '--allow-loopback-peers');
  args.push('--min-port=49160', '--max-port=49260', `--pidfile=${join(folder, 'pid')}`, '--log-file=stdout');
  const child = spawn('turnserver', args, { stdio: 'ignore', cwd: folder });
  await until(async () => {
    const probe = connect(port, address);
    await once(probe, 'connect');
    probe.destroy();
    return true;
  }, 'coturn to listen');
  return {
    port,
    secret,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
