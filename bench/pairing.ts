/**
 * The server with thousands of waiting sockets while pairs arrive. A waiting socket is an operator's desk with one
 * issued number, a hundred desks to an account: the most a socket can cost before its session begins. Everything runs
 * on loopback; the generators are processes of their own, so that their work is not the server's.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ADMIN, type Product } from '../e2e/support/product';
import type { LoadCommand, LoadReport } from './pairing-load';
import { sized, withRig, type Rig } from './rig';
import { quantile, type Values } from './stats';

const SOCKETS = sized('BENCH_SOCKETS', 10_000);
const LEVELS = [SOCKETS / 10, SOCKETS / 2, SOCKETS].map(Math.round);
const SECONDS = sized('BENCH_SECONDS', 30);
const PER_SECOND = sized('BENCH_PAIRS_PER_SECOND', 100);
const GENERATORS = sized('BENCH_GENERATORS', 2);
const DESKS_PER_ACCOUNT = 100;
const FLOOD_AT_ONCE = 32;
const PASSWORD = 'only for the benchmark';

/** Everybody comes from one address here; the limits are measured elsewhere. */
const UNLIMITED = Object.fromEntries(
  [
    'JOINS_PER_ADDRESS',
    'JOINS_OVERALL',
    'LOGINS_PER_ADDRESS',
    'OPENS_PER_OPERATOR',
    'LIVE_PER_OPERATOR',
    'REQUESTS_PER_ADDRESS',
    'SOCKETS_PER_ADDRESS',
  ].map((name) => [`TASUKI_LIMIT_${name}`, '1000000']),
);

async function post({ origin }: Product, path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin, cookie };
  const response = await fetch(`${origin}/api${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

async function signIn(product: Product, id: string, password: string, role: string): Promise<string> {
  const response = await post(product, '/login', { id, password, role });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** @returns one cookie an operator */
async function hireOperators(product: Product, count: number): Promise<string[]> {
  const admin = await signIn(product, ADMIN.id, ADMIN.password, 'administrator');
  const cookies: string[] = [];
  for (let index = 0; index < count; index++) {
    const id = `bench${index}`;
    await post(product, '/admin/operators', { id, name: id, password: PASSWORD }, admin);
    cookies.push(await signIn(product, id, PASSWORD, 'operator'));
  }
  return cookies;
}

class Generator {
  readonly #child: ChildProcess;

  constructor(rig: Rig) {
    this.#child = fork(fileURLToPath(new URL('./pairing-load.ts', import.meta.url)));
    rig.defer(async () => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
      const gone = once(this.#child, 'exit');
      this.#child.kill();
      await gone;
    });
  }

  async ask(command: LoadCommand): Promise<LoadReport> {
    const answer = once(this.#child, 'message') as Promise<[LoadReport]>;
    const end = once(this.#child, 'exit').then(() => {
      throw new Error('a load generator ended early');
    });
    this.#child.send(command);
    const [report] = await Promise.race([answer, end]);
    return report;
  }
}

/** One number of the server's own metrics. */
async function metric({ origin }: Product, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`the server has no metric ${name}`);
  return Number(value);
}
const memory = (product: Product) => metric(product, 'process_resident_memory_bytes');
const cpuSeconds = (product: Product) => metric(product, 'process_cpu_seconds_total');

interface Load extends LoadReport {
  seconds: number;
  serverCpu: number;
}

/** Lets every generator do its part at the same time. */
async function all(product: Product, generators: Generator[], command: LoadCommand): Promise<Load> {
  const [began, cpu] = [performance.now(), await cpuSeconds(product)];
  const reports = await Promise.all(generators.map((each) => each.ask(command)));
  const seconds = (performance.now() - began) / 1000;
  const joined = (key: 'acked' | 'notified' | 'replied' | 'late') => reports.flatMap((each) => each[key]);
  return {
    acked: joined('acked'),
    notified: joined('notified'),
    replied: joined('replied'),
    late: joined('late'),
    failed: reports.flatMap((each) => each.failed),
    cpu: reports.reduce((sum, each) => sum + each.cpu, 0),
    seconds,
    serverCpu: ((await cpuSeconds(product)) - cpu) / seconds,
  };
}

const p99 = (samples: number[]) => quantile(samples, 0.99);
/** Milliseconds of the server's processor time a pair: says most when other work disturbs the latencies. */
const cpuPerPair = ({ serverCpu, seconds, acked }: Load) => (serverCpu * seconds * 1000) / acked.length;

function tell(what: string, load: Load): void {
  const failures = [...new Set(load.failed)].join(', ');
  const of = (samples: number[]) => `${quantile(samples, 0.5).toFixed(1)}/${p99(samples).toFixed(1)}`;
  console.log(
    `${what}: ${load.acked.length} pairs, p50/p99 ms: ack ${of(load.acked)}, joined ${of(load.notified)}, ` +
      `reply ${of(load.replied)}; processors: server ${load.serverCpu.toFixed(2)} (${cpuPerPair(load).toFixed(1)} ms a pair), generators ${load.cpu.toFixed(2)}; ` +
      `${load.failed.length} failed ${failures}`,
  );
}

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const profiled = process.env.BENCH_PROFILE
      ? { NODE_OPTIONS: `--import=${new URL('./profile.mjs', import.meta.url).href}` }
      : {};
    const product = await rig.product({ ...UNLIMITED, ...profiled });
    const cookies = await hireOperators(product, Math.ceil(SOCKETS / DESKS_PER_ACCOUNT));
    const generators = Array.from({ length: GENERATORS }, () => new Generator(rig));
    const empty = await memory(product);
    const loads = new Map<number, Load>();
    let kilobytes = 0;
    for (const level of LEVELS) {
      const share = Math.round(level / GENERATORS);
      await all(product, generators, { do: 'wait', origin: product.origin, cookies, sockets: share });
      kilobytes = ((await memory(product)) - empty) / 1024 / level;
      const perSecond = PER_SECOND / GENERATORS;
      const load = await all(product, generators, { do: 'pair', perSecond, seconds: SECONDS });
      tell(`${level} waiting`, load);
      loads.set(level, load);
    }
    const atOnce = Math.ceil(FLOOD_AT_ONCE / GENERATORS);
    const flooded = await all(product, generators, { do: 'flood', atOnce, seconds: SECONDS / 3 });
    tell('as fast as it goes', flooded);
    return results(loads, flooded, kilobytes, (await memory(product)) / 1024 / 1024);
  });
}

function results(loads: Map<number, Load>, flooded: Load, kilobytes: number, megabytes: number): Values {
  const full = loads.get(SOCKETS);
  if (!full) throw new Error('nothing was measured');
  const values: Values = {
    p50_ms: quantile(full.acked, 0.5),
    p99_ms: p99(full.acked),
    joined_p99_ms: p99(full.notified),
    reply_p99_ms: p99(full.replied),
    kb_per_socket: kilobytes,
    max_pairs_per_s: flooded.acked.length / flooded.seconds,
    rss_mb: megabytes,
    server_cpu: full.serverCpu,
    server_ms_per_pair: cpuPerPair(full),
    late_p99_ms: p99(full.late),
    failed: [...loads.values(), flooded].reduce((sum, each) => sum + each.failed.length, 0),
  };
  for (const [level, load] of loads) values[`p99_${level}_ms`] = p99(load.acked);
  return values;
}
