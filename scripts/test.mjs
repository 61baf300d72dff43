// `npm test`: every check and test. Stops at the first stage that fails. The last line is
// always `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { countGo } from './helper-test.mjs';
import { ensureTools } from './tools.mjs';

const RESULTS = join(ROOT, 'test-results');
const VITEST_JSON = join(RESULTS, 'vitest.json');
const PLAYWRIGHT_JSON = join(RESULTS, 'playwright.json');

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function countVitest() {
  const { numPassedTests = 0, numFailedTests = 0 } = readReport(VITEST_JSON);
  return { passed: numPassedTests, failed: numFailedTests };
}

function countPlaywright() {
  const { expected = 0, unexpected = 0, flaky = 0 } = readReport(PLAYWRIGHT_JSON).stats ?? {};
  return { passed: expected, failed: unexpected + flaky };
}

const vitestArgs = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_JSON}`];
const STAGES = [
  { name: 'format', run: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'types', run: ['tsc'] },
  { name: 'build', run: ['node', 'scripts/build.mjs'] },
  { name: 'tests of the helper', run: ['node', 'scripts/helper-test.mjs'], counts: [() => countGo('test')] },
  { name: 'unit tests', run: ['vitest', ...vitestArgs], counts: [countVitest] },
  {
    name: 'stories; beside them lint, svelte, the style of the helper, the same helper twice, fuzzing',
    run: ['playwright', 'test'],
    // Stories wait for much and watch the clock: what only needs time takes what they leave, one after the other.
    beside: [
      ['eslint', '--max-warnings', '0', '.'],
      ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
      ['node', 'scripts/helper-test.mjs', '--style'],
      // All five take six minutes: `npm run helper:build -- --check`.
      ['node', 'scripts/helper-build.mjs', '--check', 'windows-amd64'],
      ['node', 'scripts/helper-test.mjs', '--fuzz'],
    ],
    counts: [countPlaywright, () => countGo('fuzz')],
  },
];

/** Runs a command to its end. @param priority as `nice` counts; 0 is ordinary, 19 yields to everybody @returns its exit code */
function run([command, ...args], priority = 0) {
  const bin = command === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', command);
  const child = spawn(bin, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (child.pid) setPriority(child.pid, priority);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs commands one after the other, at the lowest priority. @returns the exit code of the first that failed, or 0 */
async function runBeside(commands = []) {
  for (const command of commands) {
    const began = Date.now();
    const code = await run(command, constants.priority.PRIORITY_LOW);
    const name = command.slice(0, 3).join(' ');
    console.log(`── beside: ${name}: ${code === 0 ? 'ok' : 'FAILED'} after ${seconds(began)}`);
    if (code !== 0) return code;
  }
  return 0;
}

const seconds = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

async function main() {
  const total = { passed: 0, failed: 0 };
  const lacking = ensureTools();
  if (lacking.length > 0) {
    console.error('These are missing and could not be installed:');
    for (const line of lacking) console.error(`  - ${line}`);
    return { ...total, failed: 1 };
  }
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  for (const stage of STAGES) {
    const began = Date.now();
    console.log(`\n── ${stage.name}`);
    const code = Math.max(...(await Promise.all([run(stage.run), runBeside(stage.beside)])));
    for (const count of stage.counts ?? []) {
      const { passed, failed } = count();
      total.passed += passed;
      total.failed += failed;
    }
    console.log(`── ${stage.name}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(began)}`);
    if (code !== 0) {
      // A stage without countable tests, or one that broke before it ran any, is a failure all the same.
      total.failed = Math.max(total.failed, 1);
      break;
    }
  }
  return total;
}

const { passed, failed } = await main();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
