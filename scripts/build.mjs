// Builds client, server and helper into dist/, each only when its sources differ from the last build.
// `npm run build` calls it directly; `npm start` and `npm run tasuki` through `ensureBuilt`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildHelper, hasGo, helperOrigins, helperVersion } from './helper-build.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const COMMON = ['shared', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];

const PARTS = {
  client: {
    sources: ['client', ...COMMON],
    proof: 'client/chat.js',
    async make() {
      await vite(['build']);
      await vite(['build', '--mode', 'loader']);
    },
  },
  signaling: {
    sources: ['signaling', ...COMMON],
    proof: 'signaling/main.js',
    make: () => vite(['build', '--ssr']),
  },
  helper: {
    sources: ['helper', 'scripts/helper-build.mjs', 'scripts/helper-sbom.mjs', 'scripts/helper-sign.mjs'],
    also: () => `${helperVersion()} ${helperOrigins()}`.trim(),
    proof: 'helper/builds.json',
    make: buildHelper,
  },
};

function* filesUnder(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (/(\.test\.ts|_test\.go)$/.test(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

function hashOf({ sources, also }) {
  const hash = createHash('sha256').update(also?.() ?? process.version);
  for (const source of sources) {
    for (const file of filesUnder(join(ROOT, source))) {
      hash.update(`\0${file.slice(ROOT.length)}\0`);
      if (existsSync(file)) hash.update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

const stampFile = (name) => join(DIST, '.built', name);

function isFresh(name, hash) {
  const { proof } = PARTS[name];
  try {
    return existsSync(join(DIST, proof)) && readFileSync(stampFile(name), 'utf8') === hash;
  } catch {
    return false;
  }
}

/** Vite writes its report to our stderr, so that stdout belongs to the program that is started afterwards. */
function vite(args) {
  const bin = join(ROOT, 'node_modules/vite/bin/vite.js');
  if (!existsSync(bin)) {
    return Promise.reject(new Error('The packages are not installed. Run `npm ci` first.'));
  }
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [bin, ...args], { cwd: ROOT, env, stdio: ['ignore', 2, 2] });
  const stop = (signal) => {
    child.kill(signal);
    process.exit(1);
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      if (code === 0) resolve();
      else reject(new Error(`\`vite ${args.join(' ')}\` failed`));
    });
  });
}

/** Two programs started at once must not write into the same folder. The file holds its owner's process id. */
async function lock() {
  const file = join(DIST, '.building');
  mkdirSync(DIST, { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const release = () => rmSync(file, { force: true });
      process.once('exit', release);
      return () => {
        process.off('exit', release);
        release();
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await sleep(200);
  }
}

function isAbandoned(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

const stale = (names) => names.filter((name) => !isFresh(name, hashOf(PARTS[name])));

/** @param {('client' | 'signaling' | 'helper')[]} names */
export async function ensureBuilt(names) {
  if (stale(names).length === 0) return;
  const unlock = await lock();
  try {
    for (const name of stale(names)) {
      const hash = hashOf(PARTS[name]);
      console.error(`Building ${name} …`);
      rmSync(stampFile(name), { force: true });
      await PARTS[name].make();
      mkdirSync(dirname(stampFile(name)), { recursive: true });
      writeFileSync(stampFile(name), hash);
    }
  } finally {
    unlock();
  }
}

/**
 * The helper is not what the rest stands on: where it cannot be built, everything else works, and the person who starts
 * the server is told what does not.
 */
export async function ensureHelper() {
  if (stale(['helper']).length === 0) return;
  if (!hasGo()) {
    console.error(
      'Go is not installed, so the helper is not built: screens can be seen and shown, but not operated.\n' +
        'Install Go 1.26 or newer (https://go.dev/doc/install) and start again.',
    );
    return;
  }
  try {
    await ensureBuilt(['helper']);
  } catch (error) {
    console.error(`${error.message} Screens can be seen and shown, but not operated.`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureBuilt(['client', 'signaling', ...(hasGo() ? ['helper'] : [])]);
    if (!hasGo()) console.error('Go is not installed, so the helper is not built.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
