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
/** Waits for much, and takes only what everything else leaves: runs beside all stages. */
const FUZZING = {
  run: ['node', 'scripts/helper-test.mjs', '--fuzz'],
  count: () => countGo('fuzz'),
  patient: true,
};
/** Lanes run beside each other, the commands of a lane one after the other. Tests of time-outs have a stage of their own. */
const STAGES = [
  {
    name: 'format, lint, types, build, and tests of the helper',
    lanes: [
      [{ run: ['eslint', '--max-warnings', '0', '.'] }],
      [
        { run: ['prettier', '--check', '--log-level', 'warn', '.'] },
        // Checks plain TypeScript as well.
        { run: ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'] },
        { run: ['node', 'scripts/build.mjs'] },
        { run: ['node', 'scripts/helper-test.mjs', '--style'] },
        { run: ['node', 'scripts/helper-test.mjs'], count: () => countGo('test') },
      ],
    ],
  },
  { name: 'unit tests', lanes: [[{ run: ['vitest', ...vitestArgs], count: countVitest }]] },
  {
    name: 'stories, and the same helper twice',
    lanes: [
      [{ run: ['playwright', 'test'], count: countPlaywright }],
      // With everything compiled anew it takes six minutes: `npm run helper:build -- --check`.
      [{ run: ['node', 'scripts/helper-build.mjs', '--check', '--quick'], patient: true }],
    ],
  },
];

/** Runs a command to its end. @returns its exit code */
function run({ run: [command, ...args], patient = false }) {
  const bin = command === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', command);
  const child = spawn(bin, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (patient && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs commands one after the other, up to the first that fails. @returns its exit code, or 0 */
async function runLane(commands) {
  for (const command of commands) {
    const began = Date.now();
    const code = await run(command);
    if (commands.length > 1) console.log(`── ${command.run.join(' ')}: ${seconds(began)}`);
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

  const finish = (name, commands, code, began) => {
    for (const { count } of commands) {
      const { passed, failed } = count?.() ?? { passed: 0, failed: 0 };
      total.passed += passed;
      total.failed += failed;
    }
    console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(began)}`);
    // A stage without countable tests, or one that broke before it ran any, is a failure all the same.
    if (code !== 0) total.failed = Math.max(total.failed, 1);
  };
  const start = Date.now();
  const fuzzing = run(FUZZING).then((code) => finish('fuzzing of the helper', [FUZZING], code, start));
  for (const { name, lanes } of STAGES) {
    const began = Date.now();
    console.log(`\n── ${name}`);
    const code = Math.max(...(await Promise.all(lanes.map(runLane))));
    finish(name, lanes.flat(), code, began);
    if (code !== 0) break;
  }
  await fuzzing;
  return total;
}

const { passed, failed } = await main();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
