import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explain, runCommand } from './command-line';
import { PASSWORD } from './testing/server';
import { scratchFolder } from './testing/scratch';

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SETUP = ['setup', '--company', 'Acme', '--admin-id', 'admin', '--password-stdin'];
const ADD = ['operator', 'add', '--id', 'operator', '--name', 'Olga', '--password-stdin'];

const run = (args: string[], password = PASSWORD, env: Record<string, string> = {}): Promise<unknown> =>
  runCommand(args, {
    env: { TASUKI_DATA_DIR: join(folder, 'data'), ...env },
    readPassword: async () => password,
  }).catch(explain);

describe('the command line', () => {
  it('sets up once and adds operators by the rules of the pages', async () => {
    expect(await run(ADD)).toBe('There is no company yet: run `tasuki setup` first.');
    expect(await run(SETUP)).toEqual({
      subscriber: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/) as string,
      releaseKey: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/) as string,
    });
    expect(await run(SETUP)).toBe('The set-up was done before.');
    expect(await run(ADD)).toEqual({ id: 'operator', name: 'Olga', email: '', state: 'enabled' });
    expect(await run(ADD)).toBe('An operator with this ID exists already.');
  });

  it.each<[string[], string, string]>([
    [[], PASSWORD, 'Usage:'],
    [['operator', 'remove'], PASSWORD, 'Usage:'],
    [SETUP.slice(0, -1), PASSWORD, '--password-stdin is required'],
    [[...SETUP, '--password', 'x'], PASSWORD, "Unknown option '--password'"],
    [SETUP, 'short', 'The password is missing or not acceptable'],
    [SETUP, '', 'The password is missing or not acceptable'],
    [['setup', '--admin-id', 'x', '--password-stdin'], PASSWORD, '--company is missing or not acceptable'],
    [[...SETUP, '--language', 'fr'], PASSWORD, '--language is missing or not acceptable'],
    [[...ADD, '--id', 'a b'], PASSWORD, '--id is missing or not acceptable'],
    [[...ADD, '--email', 'nowhere'], PASSWORD, '--email is missing or not acceptable'],
  ])('refuses %j and says why', async (args, password, sentence) => {
    expect(await run(args, password)).toContain(sentence);
  });

  it('reads its settings like the server', async () => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ TASUKI_DATA_DIR: join(folder, 'elsewhere') }));
    await run(SETUP, PASSWORD, { TASUKI_CONFIG: file, TASUKI_DATA_DIR: '' });
    expect(existsSync(join(folder, 'elsewhere', 'tasuki.sqlite'))).toBe(true);
    expect(await run(SETUP, PASSWORD, { TASUKI_PORT: 'x' })).toBe(
      'TASUKI_PORT must be a whole number from 0 to 65535, not "x".',
    );
  });
});
