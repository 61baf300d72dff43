import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config';
import { SETTINGS } from './settings';

const folder = mkdtempSync(join(tmpdir(), 'tasuki-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const path = join(folder, 'settings.json');
  writeFileSync(path, content);
  return path;
}

describe('settings', () => {
  it('have working defaults', () => {
    expect(loadConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      origins: [],
      dataDir: './data',
      databaseUrl: undefined,
      setupToken: undefined,
      ice: { turnUrls: [], stunUrls: [], policy: 'all' },
      resumeGraceMs: 60_000,
      leavingGraceMs: 10_000,
      retentionMs: 180 * 86_400_000,
      limits: { joinsPerAddress: 30, joinsOverall: 600 },
    });
  });

  it('come from a file, the environment winning; an empty variable is none', () => {
    const path = fileWith(
      JSON.stringify({
        TASUKI_PORT: 9000,
        TASUKI_ORIGIN: ['https://a.example', 'https://b.example'],
        TASUKI_HOST: '::1',
      }),
    );
    expect(loadConfig({ TASUKI_CONFIG: path, TASUKI_HOST: '0.0.0.0', TASUKI_DATA_DIR: '' })).toMatchObject({
      port: 9000,
      host: '0.0.0.0',
      origins: ['https://a.example', 'https://b.example'],
      dataDir: './data',
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ TASUKI_PORT: 'http' }, 'TASUKI_PORT must be a whole number from 0 to 65535, not "http".'],
    [{ TASUKI_PORT: '65536' }, 'TASUKI_PORT must be'],
    [{ TASUKI_PORT: '-1' }, 'TASUKI_PORT must be'],
    [{ TASUKI_PORT: '80.5' }, 'TASUKI_PORT must be'],
    [{ TASUKI_ORIGIN: 'https://a.example/' }, 'TASUKI_ORIGIN must be a list of origins'],
    [{ TASUKI_ORIGIN: 'a.example' }, 'TASUKI_ORIGIN must be'],
    [{ TASUKI_ORIGIN: 'https://A.example' }, 'TASUKI_ORIGIN must be'],
    [{ TASUKI_ICE_POLICY: 'direct' }, 'TASUKI_ICE_POLICY must be all or relay, not "direct".'],
    [{ TASUKI_ICE_POLICY: 'relay' }, 'TASUKI_ICE_POLICY is relay, so TASUKI_TURN_URLS must be set too.'],
    [{ TASUKI_TURN_URLS: 'turn:x:1' }, 'TASUKI_TURN_URLS is set, so TASUKI_TURN_SECRET must be set too.'],
    [
      { TASUKI_TURN_URLS: 'http://x', TASUKI_TURN_SECRET: 's' },
      'TASUKI_TURN_URLS must be a list of turn: or turns:',
    ],
    [{ TASUKI_STUN_URLS: 'turn:x' }, 'TASUKI_STUN_URLS must be'],
    [{ TASUKI_TRUSTED_PROXIES: '10.0.0.0/33' }, 'TASUKI_TRUSTED_PROXIES must be'],
    [{ TASUKI_TRUSTED_PROXIES: 'proxy' }, 'TASUKI_TRUSTED_PROXIES must be'],
    [{ TASUKI_RESUME_GRACE_S: '0' }, 'TASUKI_RESUME_GRACE_S must be'],
    [{ TASUKI_LEAVING_GRACE_S: 'x' }, 'TASUKI_LEAVING_GRACE_S must be'],
    [{ TASUKI_RETENTION_DAYS: 'ever' }, 'TASUKI_RETENTION_DAYS must be'],
    [{ TASUKI_LOG_LEVEL: 'loud' }, 'TASUKI_LOG_LEVEL must be one of'],
    [{ TASUKI_LIMIT_JOINS_OVERALL: 'many' }, 'TASUKI_LIMIT_JOINS_OVERALL must be'],
    [{ TASUKI_CONFIG: '/nowhere' }, 'TASUKI_CONFIG names /nowhere, which cannot be read'],
  ])('%o stop the start with a sentence', (env, sentence) => {
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).toThrow(sentence);
  });

  it('never repeat a secret', () => {
    expect(() => loadConfig({ DATABASE_URL: 'mysql://root:hunter2@db' })).toThrow(
      /^DATABASE_URL must be .*(?<!hunter2.*)$/,
    );
  });

  it.each([
    ['{', 'cannot be read as JSON'],
    ['{"TASUKI_PROT": 1}', 'TASUKI_PROT in'],
    ['{"TASUKI_PORT": {}}', 'TASUKI_PORT in'],
    ['[]', 'must be a text'],
  ])('in a file: %s', (content, sentence) => {
    expect(() => loadConfig({ TASUKI_CONFIG: fileWith(content) })).toThrow(sentence);
  });

  it('are all in docs/configuration.md with their default', () => {
    const text = readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8');
    for (const [name, { default: standard, meaning }] of Object.entries(SETTINGS)) {
      expect(text).toContain(
        `| \`${name}\` | ${standard === '' ? '' : `\`${standard}\``} | ${meaning} |`.replace('|  |', '| |'),
      );
    }
  });
});
