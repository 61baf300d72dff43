/** The loader as it is built for other people's pages: small, whole, and with nothing in it that their policies forbid. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tasuki-loader-'));
let script = '';

beforeAll(async () => {
  const { VITEST: _, ...env } = process.env;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--mode', 'loader', '--outDir', folder], {
    cwd: ROOT,
    env: { ...env, NODE_ENV: 'production' },
  });
  script = readFileSync(join(folder, 'chat.js'), 'utf8');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is one file of at most 3 KB', () => {
  expect(readdirSync(folder)).toEqual(['chat.js']);
  expect(gzipSync(script).length).toBeLessThanOrEqual(3072);
});

it('is a classic script that keeps its names to itself', () => {
  expect(script).not.toMatch(/\bimport\b|\bexport\b/);
  expect(script.trim()).toMatch(/^(["']use strict["'];)?\(?\(?(function|\(\)=>)/);
});

it('makes no HTML, style or code from text', () => {
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|srcdoc/,
  );
  expect(script).not.toMatch(/setAttribute\(["']style|<style|(?<!\.)onclick=/);
});
