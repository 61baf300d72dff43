/**
 * Reads the settings: environment variables, or one JSON file with the same names (`TASUKI_CONFIG=path`); the
 * environment wins. A wrong value stops the start with one sentence that names it.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DAY, SECOND } from './clock';
import { SETTINGS, type Setting, type SettingName, type Values } from './settings';

export class ConfigError extends Error {}

export interface Limits {
  joinsPerAddress: number;
  joinsOverall: number;
  helpersPerAddress: number;
  helpersOverall: number;
  loginsPerAddress: number;
  opensPerOperator: number;
  livePerOperator: number;
  requestsPerAddress: number;
  chatsPerAddress: number;
  openChatsPerAddress: number;
  chatMessages: number;
  chatResumes: number;
  chatHistoryPerAddress: number;
  socketsPerAddress: number;
  eventsPerSocket: number;
  streamsPerAddress: number;
  offlinePerAddress: number;
  mailsPerAccount: number;
}

export interface Config {
  port: number;
  host: string;
  /** Empty: made from the port. */
  origins: string[];
  dataDir: string;
  databaseUrl: string | undefined;
  setupToken: string | undefined;
  metricsToken: string | undefined;
  serverSecret: string | undefined;
  ice: { turnUrls: string[]; turnSecret: string; stunUrls: string[]; policy: 'all' | 'relay' };
  trustedProxies: string[];
  resumeGraceMs: number;
  leavingGraceMs: number;
  retentionMs: number;
  logLevel: Values['TASUKI_LOG_LEVEL'];
  limits: Limits;
}

/** @throws ConfigError with one sentence that names the setting. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const file = env.TASUKI_CONFIG ? readSettings(env.TASUKI_CONFIG) : {};
  const read = <Name extends SettingName>(name: Name) => parse(name, env[name] || file[name]) as Values[Name];
  const turnUrls = read('TASUKI_TURN_URLS');
  const turnSecret = read('TASUKI_TURN_SECRET');
  const policy = read('TASUKI_ICE_POLICY');
  if (turnUrls.length > 0 && turnSecret === '') {
    throw new ConfigError('TASUKI_TURN_URLS is set, so TASUKI_TURN_SECRET must be set too.');
  }
  if (policy === 'relay' && turnUrls.length === 0) {
    throw new ConfigError('TASUKI_ICE_POLICY is relay, so TASUKI_TURN_URLS must be set too.');
  }
  return {
    port: read('TASUKI_PORT'),
    host: read('TASUKI_HOST'),
    origins: read('TASUKI_ORIGIN'),
    dataDir: read('TASUKI_DATA_DIR'),
    databaseUrl: read('DATABASE_URL') || undefined,
    setupToken: read('TASUKI_SETUP_TOKEN') || undefined,
    metricsToken: read('TASUKI_METRICS_TOKEN') || undefined,
    serverSecret: read('TASUKI_SERVER_SECRET') || undefined,
    ice: { turnUrls, turnSecret, stunUrls: read('TASUKI_STUN_URLS'), policy },
    trustedProxies: read('TASUKI_TRUSTED_PROXIES'),
    resumeGraceMs: read('TASUKI_RESUME_GRACE_S') * SECOND,
    leavingGraceMs: read('TASUKI_LEAVING_GRACE_S') * SECOND,
    retentionMs: read('TASUKI_RETENTION_DAYS') * DAY,
    logLevel: read('TASUKI_LOG_LEVEL'),
    limits: {
      joinsPerAddress: read('TASUKI_LIMIT_JOINS_PER_ADDRESS'),
      joinsOverall: read('TASUKI_LIMIT_JOINS_OVERALL'),
      helpersPerAddress: read('TASUKI_LIMIT_HELPERS_PER_ADDRESS'),
      helpersOverall: read('TASUKI_LIMIT_HELPERS_OVERALL'),
      loginsPerAddress: read('TASUKI_LIMIT_LOGINS_PER_ADDRESS'),
      opensPerOperator: read('TASUKI_LIMIT_OPENS_PER_OPERATOR'),
      livePerOperator: read('TASUKI_LIMIT_LIVE_PER_OPERATOR'),
      chatsPerAddress: read('TASUKI_LIMIT_CHATS_PER_ADDRESS'),
      openChatsPerAddress: read('TASUKI_LIMIT_OPEN_CHATS_PER_ADDRESS'),
      chatMessages: read('TASUKI_LIMIT_CHAT_MESSAGES'),
      chatResumes: read('TASUKI_LIMIT_CHAT_RESUMES'),
      chatHistoryPerAddress: read('TASUKI_LIMIT_CHAT_HISTORY_PER_ADDRESS'),
      requestsPerAddress: read('TASUKI_LIMIT_REQUESTS_PER_ADDRESS'),
      socketsPerAddress: read('TASUKI_LIMIT_SOCKETS_PER_ADDRESS'),
      eventsPerSocket: read('TASUKI_LIMIT_EVENTS_PER_SOCKET'),
      streamsPerAddress: read('TASUKI_LIMIT_STREAMS_PER_ADDRESS'),
      offlinePerAddress: read('TASUKI_LIMIT_OFFLINE_PER_ADDRESS'),
      mailsPerAccount: read('TASUKI_LIMIT_MAILS_PER_ACCOUNT'),
    },
  };
}

function parse(name: SettingName, text: string | undefined): unknown {
  const { schema, rule, secret, default: standard }: Setting<unknown> = SETTINGS[name];
  const result = schema.safeParse(text === undefined || text === '' ? standard : text);
  if (result.success) return result.data;
  const instead = secret ? '' : `, not ${JSON.stringify(text?.slice(0, 200))}`;
  throw new ConfigError(`${name} must be ${rule}${instead}.`);
}

const FileContent = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

function readSettings(path: string): Record<string, string> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `TASUKI_CONFIG names ${path}, which cannot be read as JSON (${(error as Error).message}).`,
    );
  }
  const parsed = FileContent.safeParse(content);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? 'The file');
    throw new ConfigError(`${name} in ${path} must be a text, a number or a list of texts.`);
  }
  for (const name of Object.keys(parsed.data)) {
    if (!Object.hasOwn(SETTINGS, name)) throw new ConfigError(`${name} in ${path} is not a known setting.`);
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );
}
