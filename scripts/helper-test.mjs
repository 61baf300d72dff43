// Tests the helper with `go test`. `--style` runs gofmt, and go vet for every system, instead; `--fuzz` every fuzz test for
// a while (TASUKI_FUZZ_SECONDS, 30 unless told otherwise). Counts go to test-results/go.json, like those of the other runners.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './build.mjs';

const HELPER = join(ROOT, 'helper');
const RESULTS = join(ROOT, 'test-results');
/** Where the counts of one kind of run stand. */
const resultsFile = (kind) => join(RESULTS, `go-${kind}.json`);
/** As in the build, so that whichever comes first compiles for the others. */
const GOFLAGS = '-trimpath -buildvcs=false -gcflags=all=-l';
const SYSTEMS = ['linux', 'windows', 'darwin'];
const MODULE = 'tasuki/helper';
/** Few: they run beside everything else, and however patient, many together take a core from it. */
const FUZZERS_AT_ONCE = 4;

/** @returns {{ passed: number, failed: number }} of the last run */
export function countGo(kind) {
  try {
    return JSON.parse(readFileSync(resultsFile(kind), 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** Runs a program, in helper/ unless told otherwise; every line goes to `heard`. @returns its exit code */
function run(command, args, { env = {}, heard = console.log, cwd = HELPER } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS, ...env },
    stdio: ['ignore', 'pipe', 2],
  });
  createInterface({ input: child.stdout }).on('line', heard);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function checkStyle() {
  const unformatted = [];
  const code = await run('gofmt', ['-l', '.'], { heard: (line) => unformatted.push(line) });
  if (code !== 0 || unformatted.length > 0) throw new Error(`gofmt would change: ${unformatted.join(', ')}`);
  for (const GOOS of SYSTEMS) {
    if ((await run('go', ['vet', './...'], { env: { GOOS } })) !== 0)
      throw new Error(`go vet is not content (${GOOS})`);
  }
}

/** Runs the tests; of those that pass only their number is shown. */
async function test(counts) {
  const output = new Map();
  const code = await run('go', ['test', '-json', './...'], {
    heard(line) {
      const event = parse(line);
      if (!event) return console.log(line);
      const key = `${event.Package} ${event.Test ?? ''}`;
      if (event.Action === 'output') return void output.set(key, (output.get(key) ?? '') + event.Output);
      if (event.Action === 'fail') {
        // A package may fail without any test of it: then everything it said is worth reading.
        const said = [...output].filter(([of]) => of.startsWith(event.Test ? key : `${event.Package} `));
        console.log(said.map(([, text]) => text).join('') || key);
      }
      if (event.Test && !event.Test.includes('/')) {
        if (event.Action === 'pass') counts.passed++;
        if (event.Action === 'fail') counts.failed++;
      }
      if (event.Action === 'build-output') console.log(event.Output?.trimEnd());
    },
  });
  if (code !== 0) throw new Error('go test failed');
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Every fuzz test there is, with its package: `go test -list` names a package after its tests. */
async function fuzzTests() {
  const found = [];
  let names = [];
  const code = await run('go', ['test', '-list', '^Fuzz', './...'], {
    heard(line) {
      if (/^Fuzz\w*$/.test(line)) names.push(line);
      const ok = /^ok\s+(\S+)/.exec(line);
      if (!ok) return;
      found.push(...names.map((name) => ({ name, where: ok[1] })));
      names = [];
    },
  });
  if (code !== 0 || found.length === 0) throw new Error('no fuzz tests were found');
  return found;
}

/**
 * Builds the fuzz tests of these packages into a folder, one package after the other: at once, each would compile for
 * itself what all of them need.
 */
async function buildFuzzTests(packages, folder) {
  for (const where of packages) {
    const file = join(folder, basename(where));
    const code = await run('go', ['test', '-c', '-fuzz', '^Fuzz', '-vet', 'off', '-o', file, where]);
    if (code !== 0) throw new Error(`the fuzz tests of ${where} do not build`);
  }
}

async function fuzz(counts) {
  const seconds = Number(process.env.TASUKI_FUZZ_SECONDS ?? 30);
  const queue = await fuzzTests();
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-fuzz-'));
  try {
    await buildFuzzTests(new Set(queue.map(({ where }) => where)), folder);
    console.log(`${queue.length} fuzz tests, ${seconds} s each`);
    const one = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { name, where } = next;
        const lines = [];
        const args = [
          'run=^$',
          `fuzz=^${name}$`,
          `fuzztime=${seconds}s`,
          'parallel=1',
          `fuzzcachedir=${folder}/cache`,
        ];
        const code = await run(
          join(folder, basename(where)),
          args.map((each) => `-test.${each}`),
          { heard: (line) => lines.push(line), cwd: join(HELPER, where.slice(MODULE.length)) },
        );
        if (code === 0) counts.passed++;
        else counts.failed++;
        const executions = lines.findLast((line) => line.includes('execs:')) ?? '';
        console.log(code === 0 ? `ok ${where} ${name} ${executions}` : lines.join('\n'));
      }
    };
    await Promise.all(Array.from({ length: FUZZERS_AT_ONCE }, one));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (counts.failed > 0) throw new Error('a fuzz test found something; its input is in testdata/fuzz');
}

async function main() {
  if (process.argv.includes('--style')) return checkStyle();
  const kind = process.argv.includes('--fuzz') ? 'fuzz' : 'test';
  const counts = { passed: 0, failed: 0 };
  try {
    if (kind === 'fuzz') return await fuzz(counts);
    await test(counts);
  } finally {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(resultsFile(kind), JSON.stringify(counts));
    console.log(`helper ${kind}: ${counts.passed} passed, ${counts.failed} failed`);
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
