// `npm run helper:build`: the native helper for every system, from one machine, into dist/helper, the same bytes every
// time; with SHA256SUMS, its signature and a bill of materials. `--check` proves that the bytes are the same, `--sums`
// writes the sums anew after a program was signed (docs/helper-signing.md).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials } from './helper-sbom.mjs';
import { signSums } from './helper-sign.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = join(ROOT, 'helper');
const OUT = join(ROOT, 'dist/helper');
const COMMAND = './cmd/tasuki-helper';

/** `system` as the protocol calls it. */
export const TARGETS = [
  { os: 'windows', arch: 'amd64', system: 'windows', suffix: '.exe' },
  { os: 'darwin', arch: 'arm64', system: 'macos', suffix: '' },
  { os: 'darwin', arch: 'amd64', system: 'macos', suffix: '' },
  { os: 'linux', arch: 'amd64', system: 'linux', suffix: '' },
  { os: 'linux', arch: 'arm64', system: 'linux', suffix: '' },
];

/**
 * The servers a signed build is for, as a comma-separated list of origins; the helper asks before it turns to another one.
 * Empty: a build for any server.
 */
export function helperOrigins() {
  const given = process.env.TASUKI_HELPER_ORIGINS ?? '';
  const origins = given.split(',').map((each) => each.trim());
  if (given.trim() === '') return '';
  for (const each of origins) {
    if (!URL.canParse(each) || new URL(each).origin !== each) {
      throw new Error(`TASUKI_HELPER_ORIGINS: “${each}” is no origin such as https://support.example.org.`);
    }
  }
  return origins.join(',');
}

export const helperVersion = () => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

/** Whether there is a Go to build with. */
export const hasGo = () => spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;

/** What people check downloads against; not the name under which a browser saves them. */
export const fileName = ({ os, arch, suffix }) => `tasuki-helper-${os}-${arch}${suffix}`;

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Builds one target. No path, no time, no version control and no build number of this machine goes in. */
function goBuild({ os, arch }, out, { sources = SOURCES, env = {} } = {}) {
  const variables = { Version: helperVersion(), Origins: helperOrigins() };
  const set = Object.entries(variables).map(
    ([name, value]) => `-X tasuki/helper/internal/build.${name}=${value}`,
  );
  // windowsgui: no console window behind the dialogs.
  const ldflags = `-s -w -buildid= ${set.join(' ')}${os === 'windows' ? ' -H=windowsgui' : ''}`;
  // Without inlining everything is 7 % smaller; what the helper does in a hurry is a few system calls.
  const args = [
    'build',
    '-trimpath',
    '-buildvcs=false',
    '-gcflags=all=-l',
    '-ldflags',
    ldflags,
    '-o',
    out,
    COMMAND,
  ];
  const settings = { CGO_ENABLED: '0', GOOS: os, GOARCH: arch, GOFLAGS: '', GOAMD64: 'v1', GOARM64: 'v8.0' };
  const child = spawn('go', args, {
    cwd: sources,
    env: { ...process.env, ...settings, ...env },
    stdio: ['ignore', 2, 2],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The helper for ${os}/${arch} does not build.`)),
    );
  });
}

/** Builds everything aside and puts it in place at the end, so that a running server never serves half of it. */
export async function buildHelper() {
  const next = `${OUT}.next`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  for (const target of TARGETS) await goBuild(target, join(next, fileName(target)));
  const files = TARGETS.map((target) => join(next, fileName(target)));
  writeFileSync(join(next, 'sbom.json'), await billOfMaterials(files, helperVersion()));
  const builds = writePapers(next);
  rmSync(OUT, { recursive: true, force: true });
  renameSync(next, OUT);
  return builds;
}

/**
 * Writes sums, signature and list of the programs in a folder; again after a program was signed by its system's rules.
 * @returns the list
 */
function writePapers(folder) {
  const version = helperVersion();
  const builds = TARGETS.map((target) => {
    const { system, arch, suffix, os } = target;
    const file = join(folder, fileName(target));
    const bytes = readFileSync(file).length;
    const path = `/helper/${os}-${arch}`;
    return { file: fileName(target), system, arch, path, suffix, bytes, sha256: sha256(file), version };
  });
  const sums = [...builds, { file: 'sbom.json', sha256: sha256(join(folder, 'sbom.json')) }];
  const text = sums.map(({ file, sha256: sum }) => `${sum}  ${file}\n`).join('');
  writeFileSync(join(folder, 'SHA256SUMS'), text);
  signSums(folder);
  writeFileSync(join(folder, 'builds.json'), `${JSON.stringify(builds, null, 2)}\n`);
  return builds;
}

/**
 * Builds each target as it is, and once more from a copy elsewhere where Go finds nothing that it compiled before.
 * @param quick let it find what it compiled before: only paths and linking are compared
 * @throws Error when two builds differ
 */
export async function checkTwice(targets, quick) {
  const scratch = mkdtempSync(join(tmpdir(), 'tasuki-helper-'));
  const folder = (name) => {
    const path = join(scratch, name);
    mkdirSync(path);
    return path;
  };
  try {
    const copy = join(folder('another place'), 'helper');
    cpSync(SOURCES, copy, { recursive: true });
    const GOCACHE = quick ? {} : { GOCACHE: folder('cache') };
    const elsewhere = { sources: copy, env: { GOTMPDIR: folder('tmp'), ...GOCACHE } };
    for (const target of targets) {
      const [first, second] = [join(scratch, 'first'), join(scratch, 'second')];
      await goBuild(target, first);
      await goBuild(target, second, elsewhere);
      const sums = [sha256(first), sha256(second)];
      console.log(`${sums[0]}  ${fileName(target)}\n${sums[1]}  ${fileName(target)}, built elsewhere`);
      if (sums[0] !== sums[1]) throw new Error('Two builds of the same sources differ.');
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function main() {
  if (!hasGo())
    throw new Error('Go is not installed, so the helper cannot be built (see https://go.dev/doc/install).');
  const quick = process.argv.includes('--quick');
  // What sets the places apart is the same for all of them; `--check` alone builds every one.
  const quickly = TARGETS.filter(({ os, arch }) => os !== 'darwin' && arch === 'amd64');
  if (process.argv.includes('--check')) return checkTwice(quick ? quickly : TARGETS, quick);
  const builds = process.argv.includes('--sums') ? writePapers(OUT) : await buildHelper();
  for (const { file, bytes, sha256: sum } of builds) {
    console.log(`${sum}  ${file}  ${(bytes / 1e6).toFixed(1)} MB`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && existsSync(SOURCES)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
