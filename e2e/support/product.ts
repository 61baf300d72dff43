/** The built product as a customer's company would run it: a child process with a data folder of its own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist/signaling');

export interface Account {
  id: string;
  name: string;
  password: string;
}

export const COMPANY = 'みどり商事';
export const ADMIN: Account = { id: 'admin', name: 'admin', password: 'correct horse battery' };
export const OPERATOR: Account = { id: 'yamada', name: '山田 花子', password: 'staple-and-paper' };

export interface Product {
  origin: string;
  /** 加入コード */
  subscriber: string;
  /** 解除キー */
  releaseKey: string;
  dataDir: string;
  /** Everything the server printed so far. */
  output: () => string;
  /** Kills the server without warning and returns when it is gone. */
  crash: () => Promise<void>;
  /** Starts it again on the same port and data. @param env over what it was started with */
  start: (env?: NodeJS.ProcessEnv) => Promise<void>;
  stop: () => Promise<void>;
}

/** A TCP port on loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Runs the product's command line. @returns its standard output */
export function tasuki(args: string[], env: NodeJS.ProcessEnv, stdin = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [join(DIST, 'cli.js'), ...args], { env }, (error, out, err) => {
      if (error) reject(new Error(`tasuki ${args.join(' ')}: ${err || error.message}`));
      else resolve(out);
    });
    child.stdin?.end(stdin);
  });
}

export interface ProductOptions {
  env?: NodeJS.ProcessEnv;
  /** Leave it as on the first start: no tenant yet. */
  bare?: boolean;
}

/** Starts the product, set up with one administrator and one operator unless `bare`. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tasuki-e2e-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    TASUKI_PORT: String(port),
    TASUKI_DATA_DIR: dataDir,
    TASUKI_LOG_LEVEL: 'warn',
    TASUKI_SETUP_TOKEN: 'first-start-token',
    ...options.env,
  };
  let made = { subscriber: '', releaseKey: '' };
  if (!options.bare) {
    const args = ['setup', '--company', COMPANY, '--admin-id', ADMIN.id, '--password-stdin'];
    made = JSON.parse(await tasuki(args, env, ADMIN.password)) as typeof made;
    const add = ['operator', 'add', '--id', OPERATOR.id, '--name', OPERATOR.name, '--password-stdin'];
    await tasuki(add, env, OPERATOR.password);
  }

  let child: ChildProcess | undefined;
  let output = '';
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const start = async (more: NodeJS.ProcessEnv = {}) => {
    env = { ...env, ...more };
    child = spawn(process.execPath, [join(DIST, 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    await until(async () => {
      if (child?.exitCode !== null) throw new Error(`the server ended: ${output}`);
      return (await fetch(`${origin}/readyz`)).ok;
    }, 'the server to be ready');
  };
  await start();
  return {
    origin,
    ...made,
    dataDir,
    output: () => output,
    crash: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Polls a condition until it holds; a throw while polling counts as "not yet" unless the time is over. */
export async function until(
  condition: () => Promise<boolean>,
  what: string | (() => string),
  ms = 20_000,
): Promise<void> {
  const deadline = Date.now() + ms;
  let last = '';
  while (Date.now() < deadline) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = `: ${String(error)}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${ms} ms for ${typeof what === 'string' ? what : what()}${last}`);
}
