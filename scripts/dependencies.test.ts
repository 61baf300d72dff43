/** Every dependency is accounted for in docs/dependencies.md, and nothing installed has an unwelcome licence. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface LockedPackage {
  license?: string;
  optionalDependencies?: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'Unlicense',
]);
/** Build and test tools of which no file is shipped. */
const MPL_TOOLS = /^(lightningcss(-[a-z0-9-]+)?|axe-core|@axe-core\/playwright|@novnc\/novnc)$/;
/** The registry's data lacks these; read in the packages' own LICENSE files. */
const READ_BY_HAND: Record<string, string> = { 'svelte-toolbelt': 'MIT', 'xmlhttprequest-ssl': 'MIT' };

const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, { license }]) => {
    const name = path.replace(/^.*node_modules\//, '');
    return { path, name, license: license ?? READ_BY_HAND[name] ?? 'unknown' };
  });

function isAllowed(name: string, license: string): boolean {
  if (license === 'MPL-2.0') return MPL_TOOLS.test(name);
  const choices = license.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => ALLOWED.has(part)));
}

/** Rows of one table of the page: package → licence. */
function documented(section: string): Record<string, string> {
  const text =
    read('docs/dependencies.md')
      .split(/^## /m)
      .find((part) => part.startsWith(section)) ?? '';
  const rows = [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \| [^|]+ \|$/gm)];
  return Object.fromEntries(rows.map((row) => [row[1]!, row[2]!.trim()]));
}

it.each([
  ['dependencies', 'Shipped with the product'],
  ['devDependencies', 'For development and tests'],
] as const)('%s stand in docs/dependencies.md with their licence', (kind, section) => {
  const direct = Object.keys(manifest[kind]).map((name) => [
    name,
    installed.find(({ path }) => path === `node_modules/${name}`)?.license,
  ]);
  expect(documented(section)).toEqual(Object.fromEntries(direct));
});

it('has no package with a licence outside the list', () => {
  const unwelcome = installed.filter(({ name, license }) => !isAllowed(name, license));
  expect(unwelcome.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

it('finds the licence texts it was told to have been read by hand', () => {
  for (const [name, license] of Object.entries(READ_BY_HAND)) {
    const file = `node_modules/${name}/LICENSE`;
    if (!existsSync(join(ROOT, file))) continue;
    expect(read(file)).toContain(`Permission is hereby granted, free of charge`);
    expect(license).toBe('MIT');
  }
});

it('locks the platform packages of every system, without which `npm ci` refuses to start', () => {
  const names = new Set(installed.map(({ name }) => name));
  const wanted = Object.values(lock.packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it('pins sources by hash and names no host', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});
