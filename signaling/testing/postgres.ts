/** A PostgreSQL of the test's own: a temporary cluster on a socket in a temporary folder, gone afterwards. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestPostgres {
  /** A connection string to a new, empty database. */
  newDatabase(): string;
  stop(): void;
}

const DEBIAN = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;

/** @returns the folder of the programs; installs Debian's package when this user may, and says so when not. */
function programs(): string {
  const found = find();
  if (found) return found;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = find();
  if (!installed)
    throw new Error('The repository tests need PostgreSQL (Debian: apt-get install postgresql).');
  return installed;
}

function find(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
  const path = (process.env.PATH ?? '').split(':');
  return [...debian, ...path].find((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function owner(): { uid: number; gid: number } | undefined {
  if (!isRoot) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export function startPostgres(): TestPostgres {
  const bin = programs();
  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-pg-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, {
      ...user,
      cwd: folder,
      stdio: 'ignore',
      env: { LC_ALL: 'C', HOME: folder },
    });

  run('initdb', ['-D', data, '-U', 'tasuki', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`;
  run('pg_ctl', ['-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start']);
  let databases = 0;
  return {
    newDatabase() {
      const name = `test${++databases}`;
      run('createdb', ['-h', folder, '-U', 'tasuki', name]);
      return `postgresql://tasuki@localhost/${name}?host=${encodeURIComponent(folder)}`;
    },
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
