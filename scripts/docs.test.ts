/** The pages for people: no dead links, no requirement lost, both languages of every guide. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SKIPPED = /(^|\/)(node_modules|dist|data|test-results|playwright-report|\.git)(\/|$)/;

const pages = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !SKIPPED.test(file),
);

it('has no link to a page that is not there', () => {
  const dead = pages.flatMap((page) => {
    const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)];
    return links
      .map((link) => link[1]!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => relative(ROOT, join(ROOT, dirname(page), target)))
      .filter((target) => !existsSync(join(ROOT, target)))
      .map((target) => `${page} → ${target}`);
  });
  expect(dead).toEqual([]);
});

it('has every guide in English and Japanese, with the same sections', () => {
  const guides = readdirSync(join(ROOT, 'docs/guide'));
  const sections = (file: string) =>
    readFileSync(join(ROOT, 'docs/guide', file), 'utf8')
      .match(/^#+/gm)
      ?.join(' ');
  for (const guide of guides.filter((file) => file.endsWith('.en.md'))) {
    const other = guide.replace('.en.', '.ja.');
    expect(guides).toContain(other);
    expect([other, sections(other)]).toEqual([other, sections(guide)]);
  }
  expect(guides.length % 2).toBe(0);
});

it.each([
  ['RS', 154],
  ['SM', 145],
  ['IN', 105],
])('lists each of the requirements of %s once in docs/coverage.md', (prefix, count) => {
  const rows = readFileSync(join(ROOT, 'docs/coverage.md'), 'utf8').matchAll(/^\| ([^|]+) \|/gm);
  const ids = [...rows]
    .flatMap((row) => [...row[1]!.matchAll(/([A-Z]+)-(\d+)(?:–(\d+))?/g)])
    .filter((id) => id[1] === prefix)
    .flatMap(([, , first, last]) => {
      const from = Number(first);
      return Array.from({ length: Number(last ?? first) - from + 1 }, (_, index) => from + index);
    });
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});
