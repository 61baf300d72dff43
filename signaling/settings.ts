/**
 * The settings as a table: at once the parser and the source of docs/configuration.md, against which a test holds it.
 */
import { z } from 'zod';
import { parseRange } from './address';

export interface Setting<T> {
  default: string;
  meaning: string;
  /** Completes "must be …". */
  rule: string;
  /** Never repeated in an error message. */
  secret?: boolean;
  schema: z.ZodType<T, string>;
}

const setting = <T>(schema: z.ZodType<T, string>, rest: Omit<Setting<T>, 'schema'>): Setting<T> => ({
  schema,
  ...rest,
});

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((n) => n >= min && n <= max);

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));

const origin = z.string().refine((text) => {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
});

const iceUrl = (schemes: string) =>
  z.string().regex(new RegExp(`^(${schemes}):[A-Za-z0-9.\\-[\\]:]+(\\?transport=(udp|tcp))?$`));

const limit = (value: number, meaning: string) =>
  setting(whole(1, 1e9), { default: String(value), meaning, rule: 'a whole number from 1' });

export const SETTINGS = {
  TASUKI_PORT: setting(whole(0, 65535), {
    default: '8080',
    meaning: 'Port to listen on; 0 takes a free one.',
    rule: 'a whole number from 0 to 65535',
  }),
  TASUKI_HOST: setting(z.string().regex(/^[A-Za-z0-9.:-]+$/), {
    default: '127.0.0.1',
    meaning:
      'Address to listen on. Put a reverse proxy with TLS in front instead of opening it to the network.',
    rule: 'an address or a host name',
  }),
  TASUKI_ORIGIN: setting(list(origin), {
    default: '',
    meaning:
      'What people see in the address bar, such as `https://support.example.org`; several with commas, the first is printed at the start. Requests and sockets from any other origin are refused. Empty: `http://localhost:PORT` and `http://127.0.0.1:PORT`.',
    rule: 'a list of origins such as https://support.example.org (no path, no slash at the end)',
  }),
  TASUKI_DATA_DIR: setting(z.string().min(1), {
    default: './data',
    meaning: 'Folder for the SQLite file and secrets; created with access for its owner only.',
    rule: 'a path',
  }),
  DATABASE_URL: setting(z.string().regex(/^$|^postgres(ql)?:\/\//), {
    default: '',
    meaning: 'PostgreSQL connection string. Empty: SQLite in the data folder.',
    rule: 'a connection string that begins with postgresql://',
    secret: true,
  }),
  TASUKI_SETUP_TOKEN: setting(z.string().max(200), {
    default: '',
    meaning: 'Fixes the token of the one-time set-up link, for automation. Empty: a random one.',
    rule: 'at most 200 characters long',
    secret: true,
  }),
  TASUKI_TURN_URLS: setting(list(iceUrl('turns?')), {
    default: '',
    meaning:
      'TURN servers, with commas, such as `turn:turn.example.org:3478?transport=udp`. Needs `TASUKI_TURN_SECRET`.',
    rule: 'a list of turn: or turns: addresses',
  }),
  TASUKI_TURN_SECRET: setting(z.string().max(500), {
    default: '',
    meaning:
      "The TURN server's `static-auth-secret`. Each session gets credentials of its own, good for two hours.",
    rule: 'at most 500 characters long',
    secret: true,
  }),
  TASUKI_STUN_URLS: setting(list(iceUrl('stuns?')), {
    default: '',
    meaning: 'STUN servers, with commas, such as `stun:stun.example.org:3478`.',
    rule: 'a list of stun: addresses',
  }),
  TASUKI_ICE_POLICY: setting(z.enum(['all', 'relay']), {
    default: 'all',
    meaning: '`all`: direct where possible. `relay`: always through our own TURN server (RS-6).',
    rule: 'all or relay',
  }),
  TASUKI_TRUSTED_PROXIES: setting(list(z.string().refine((text) => parseRange(text) !== undefined)), {
    default: '',
    meaning:
      'Addresses or CIDR ranges of reverse proxies, with commas. `X-Forwarded-For` is believed from these only.',
    rule: 'a list of addresses or ranges such as 10.0.0.0/8',
  }),
  TASUKI_RESUME_GRACE_S: setting(whole(1, 86_400), {
    default: '60',
    meaning: 'Seconds an absent side of a session may take to come back.',
    rule: 'a whole number from 1 to 86400',
  }),
  TASUKI_LEAVING_GRACE_S: setting(whole(1, 86_400), {
    default: '10',
    meaning: 'The same after the page said that it is being closed or reloaded.',
    rule: 'a whole number from 1 to 86400',
  }),
  TASUKI_RETENTION_DAYS: setting(whole(1, 3650), {
    default: '180',
    meaning: 'Days the records of sessions and the administration log are kept (RS-126).',
    rule: 'a whole number from 1 to 3650',
  }),
  TASUKI_LOG_LEVEL: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), {
    default: 'info',
    meaning: 'How much is logged (JSON lines on standard error). Codes, tokens and cookies never are.',
    rule: 'one of fatal, error, warn, info, debug, trace, silent',
  }),
  TASUKI_METRICS_TOKEN: setting(z.string().max(200), {
    default: '',
    meaning:
      'Bearer token for `/metrics`. Empty: only requests from this machine, not through a proxy, may read them.',
    rule: 'at most 200 characters long',
    secret: true,
  }),
  TASUKI_SERVER_SECRET: setting(z.string().regex(/^$|^[A-Za-z0-9_-]{43}$/), {
    default: '',
    meaning:
      'Protects the stored password of the mail server, and signs proofs of work: 32 random bytes in base64url. Needed where several nodes share a database or the data folder does not last. Empty: a random one in the data folder.',
    rule: '43 characters of base64url',
    secret: true,
  }),
  TASUKI_LIMIT_JOINS_PER_ADDRESS: limit(
    30,
    'Failed number entries an address has in 10 minutes (one entry may count twice).',
  ),
  TASUKI_LIMIT_JOINS_OVERALL: limit(600, 'Failed number entries a minute from everywhere together.'),
  TASUKI_LIMIT_HELPERS_PER_ADDRESS: limit(
    30,
    'Failed attempts an address has in 10 minutes to attach a helper to a session.',
  ),
  TASUKI_LIMIT_HELPERS_OVERALL: limit(600, 'The same a minute from everywhere together.'),
  TASUKI_LIMIT_LOGINS_PER_ADDRESS: limit(30, 'Failed sign-ins an address has in 10 minutes.'),
  TASUKI_LIMIT_OPENS_PER_OPERATOR: limit(60, 'Session numbers an operator may issue in 10 minutes.'),
  TASUKI_LIMIT_LIVE_PER_OPERATOR: limit(100, 'Sessions and unused numbers an operator may have at once.'),
  TASUKI_LIMIT_REQUESTS_PER_ADDRESS: limit(1200, 'HTTP requests an address may make in a minute.'),
  TASUKI_LIMIT_CHATS_PER_ADDRESS: limit(20, 'Conversations an address may begin in 10 minutes.'),
  TASUKI_LIMIT_OPEN_CHATS_PER_ADDRESS: limit(
    20,
    'Conversations an address may have at once with their page open; three times as many in all.',
  ),
  TASUKI_LIMIT_CHAT_MESSAGES: limit(120, 'Messages a minute of either side of one conversation.'),
  TASUKI_LIMIT_SOCKETS_PER_ADDRESS: limit(200, 'Sockets an address may hold open.'),
  TASUKI_LIMIT_STREAMS_PER_ADDRESS: limit(
    200,
    'Pages with a chat button that an address may have open (each listens for the button’s state).',
  ),
  TASUKI_LIMIT_EVENTS_PER_SOCKET: limit(
    50,
    'Messages a second of a customer’s socket, with bursts of four times as many; an operator’s desk may send four times that.',
  ),
  TASUKI_LIMIT_OFFLINE_PER_ADDRESS: limit(10, 'Offline messages an address may leave in 10 minutes.'),
  TASUKI_LIMIT_MAILS_PER_ACCOUNT: limit(30, 'Mails one account may have the server send in 10 minutes.'),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Values = { [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };
