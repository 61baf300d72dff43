/**
 * The arrows of DESIGN §1 as a test: who may import whom. A new arrow is an argument to be had in an ADR,
 * not an entry to be added in passing.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Room {
  /** Other rooms, as path prefixes. A room may always import itself. */
  rooms: string[];
  /** Packages, or `any`. */
  packages: string[] | 'any';
  /** What only the room's test files may import besides, with the reason. */
  inTests?: Record<string, string>;
}

const TEST_TOOLS = ['vitest', 'fast-check'];
const SHARED = ['shared/protocol', 'shared/crypto', 'shared/policy', 'shared/session'];
const VECTORS = { 'shared/vectors': 'the golden vectors that every language runs' };
const READS_FILES = {
  'node:fs': 'reads golden vectors',
  'node:url': 'finds them',
  'node:path': 'finds them',
};

/** The longest matching prefix wins. */
const ROOMS: Record<string, Room> = {
  'shared/protocol': { rooms: [], packages: ['zod'], inTests: { ...VECTORS, ...READS_FILES } },
  'shared/crypto': {
    rooms: ['shared/protocol'],
    packages: ['libsodium-wrappers-sumo'],
    inTests: { ...VECTORS, ...READS_FILES },
  },
  'shared/policy': { rooms: ['shared/protocol'], packages: [], inTests: { ...VECTORS, ...READS_FILES } },
  'shared/session': {
    rooms: ['shared/protocol', 'shared/policy'],
    packages: [],
    inTests: { ...VECTORS, ...READS_FILES },
  },
  'shared/vectors': { rooms: [], packages: [] },
  client: {
    rooms: SHARED,
    packages: [
      'altcha-lib',
      'bits-ui',
      'comlink',
      'i18next',
      'idb',
      'linkifyjs',
      'simple-peer',
      'socket.io-client',
      'sv-router',
      'svelte',
      'zod',
    ],
    inTests: { ...VECTORS, ...READS_FILES },
  },
  signaling: {
    rooms: SHARED,
    packages: 'any',
    inTests: { ...VECTORS, 'socket.io-client': 'plays the browser against the real server' },
  },
  // A mail server is no part of the product: the stories use the one of the unit tests.
  e2e: { rooms: ['signaling/testing/smtp', 'signaling/testing/smtp-certificate'], packages: 'any' },
  // Benchmarks drive the built product with the same screen and browser rig as the stories.
  // Only what our own keys have signed gets far enough to be measured.
  bench: { rooms: ['e2e/support', 'shared/crypto', 'shared/protocol'], packages: 'any' },
  // The helper's Go types are made from the schemas.
  scripts: { rooms: ['shared/protocol'], packages: 'any' },
};

/** Packages that belong to one place only, wherever else they might be allowed. */
const ONLY_IN: Record<string, string> = {
  'simple-peer': 'client/net/peer-link',
  'libsodium-wrappers-sumo': 'shared/crypto/',
};

/** What these rooms must never load, whatever their package list says. */
const NEVER: Record<string, string[]> = {
  signaling: ['svelte', 'bits-ui', 'sv-router', 'simple-peer', 'idb', 'comlink', 'socket.io-client'],
  e2e: ['zod', 'kysely', 'better-sqlite3', 'fastify', 'socket.io', 'svelte'],
};

/** Single test files that need more, each with its reason: `[importing file, imported room or package]`. */
const EXCEPTIONS: Record<string, Record<string, string>> = {};

const WORKER = /new (?:Shared)?Worker\(\s*new URL\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url/g;

interface Import {
  from: string;
  /** A path from the top of the repository, or a package's name. */
  to: string;
  local: boolean;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|mts|js|mjs|svelte)$/.test(entry.name)) yield path;
  }
}

/** Everything a file names: static and dynamic imports, re-exports, and workers started by URL. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text;
  const named = ts.preProcessFile(code, true, true).importedFiles.map((found) => found.fileName);
  const workers = [...code.matchAll(WORKER)].map((match) => match[1]!);
  return [...named, ...workers].map((name) => {
    const bare = name.replace(/\?.*$/, '');
    if (bare.startsWith('.')) return { from: file, to: posix.join(posix.dirname(file), bare), local: true };
    if (bare.startsWith('node:')) return { from: file, to: bare, local: false };
    const parts = bare.split('/');
    return { from: file, to: parts.slice(0, bare.startsWith('@') ? 2 : 1).join('/'), local: false };
  });
}

const isTest = (file: string) => /\.test\.ts$|(^|\/)testing\//.test(file);
const within = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}/`);
const roomOf = (path: string) =>
  Object.keys(ROOMS)
    .filter((room) => within(path, room))
    .sort((a, b) => b.length - a.length)[0];

/** Says what is wrong with one import, or nothing. */
export function complaint({ from, to, local }: Import): string | undefined {
  const roomName = roomOf(from);
  const room = roomName === undefined ? undefined : ROOMS[roomName];
  if (roomName === undefined || room === undefined) return `${from} lies in no known room`;
  const extra = isTest(from) ? { ...room.inTests, ...EXCEPTIONS[from] } : {};
  if (Object.keys(extra).some((allowed) => (local ? within(to, allowed) : to === allowed))) return undefined;

  if (local) {
    if (within(to, roomName) && roomOf(to) === roomName) return undefined;
    if (room.rooms.some((allowed) => within(to, allowed))) return undefined;
    return `${from} imports ${to}, but ${roomName} may import only ${room.rooms.join(', ') || 'itself'}`;
  }
  const owner = ONLY_IN[to];
  if (owner !== undefined && !from.startsWith(owner)) return `${from} imports ${to}, which only ${owner} may`;
  if (NEVER[roomName]?.includes(to)) return `${from} imports ${to}, which never runs in ${roomName}`;
  if (room.packages === 'any' || room.packages.includes(to)) return undefined;
  if (isTest(from) && TEST_TOOLS.includes(to)) return undefined;
  return `${from} imports ${to}, which is not among the packages of ${roomName}`;
}

describe('imports', () => {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => ['shared', 'client', 'signaling', 'e2e', 'bench', 'scripts'].includes(name));
  const files = folders.flatMap((folder) => [...sources(folder)]);

  it('follow the arrows of the design', () => {
    const complaints = files.flatMap(importsOf).map(complaint);
    expect(complaints.filter((line) => line !== undefined)).toEqual([]);
  });

  it('are really found', () => {
    const found = importsOf('shared/protocol/zod.ts');
    expect(found).toContainEqual({ from: 'shared/protocol/zod.ts', to: 'zod', local: false });
    expect(files.flatMap(importsOf).length).toBeGreaterThan(20);
  });

  it.each<[string, string, boolean]>([
    ['client/app/main.ts', 'signaling/server', true],
    ['signaling/server.ts', 'client/i18n/en', true],
    ['shared/protocol/common.ts', 'shared/policy/index', true],
    ['shared/policy/index.ts', 'shared/crypto/seal', true],
    ['shared/session/machine.ts', 'shared/crypto/seal', true],
    ['shared/crypto/seal.ts', 'node:crypto', false],
    ['shared/policy/index.ts', 'zod', false],
    ['client/views/desk/Viewer.svelte', 'simple-peer', false],
    ['client/session/customer.svelte.ts', 'libsodium-wrappers-sumo', false],
    ['client/app/main.ts', 'fastify', false],
    ['signaling/main.ts', 'socket.io-client', false],
    ['e2e/view.spec.ts', 'shared/protocol/common', true],
    ['bench/photon.ts', 'client/net/peer-link', true],
  ])('forbid %s → %s', (from, to, local) => {
    expect(complaint({ from, to, local })).toBeTypeOf('string');
  });
});

describe('shared', () => {
  it('compiles without the names of DOM and Node', () => {
    const files = [...sources('shared')].filter((file) => !isTest(file)).map((file) => join(ROOT, file));
    const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as {
      compilerOptions: object;
    };
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, lib: ['ES2023'], types: [] },
      ROOT,
    );
    const neutral = join(ROOT, 'scripts/neutral-globals.d.ts');
    const program = ts.createProgram([neutral, ...files], options);
    const own = program.getSourceFiles().filter((source) => !source.fileName.includes('/node_modules/'));
    const errors = own
      .flatMap((source) => program.getSemanticDiagnostics(source))
      .map((found) => {
        const where = found.file === undefined ? '' : relative(ROOT, found.file.fileName);
        return `${where}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
      });
    expect(errors).toEqual([]);
  });
});
