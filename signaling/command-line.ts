/** The command line's commands: the same schemas and functions as the pages, for automation. */
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { createVault } from '../shared/crypto/vault';
import { ProtocolError } from '../shared/protocol/errors';
import { NewOperator, Setup } from '../shared/protocol/http';
import { addOperator } from './accounts/operators';
import { createPasswords, PASSWORD_COST } from './accounts/passwords';
import { systemClock } from './clock';
import { ConfigError, loadConfig } from './config';
import { makeDataFolder } from './data-folder';
import { openStore } from './store/open';
import type { Db } from './store/schema';
import { findTenant } from './store/tenants';
import { setUp } from './tenants/set-up';
import { setupTokenIn } from './tenants/setup-token';

const USAGE = `Usage:
  tasuki setup --company NAME --admin-id ID --password-stdin [--language ja|en]
  tasuki operator add --id ID --name NAME [--email ADDRESS] --password-stdin
The password is the first line of standard input. The answer is one line of JSON.`;

export interface Surroundings {
  env: Record<string, string | undefined>;
  readPassword(): Promise<string>;
}

/** Said to the user as it stands. */
class Refusal extends Error {}

const AUTHOR = { actor: 'cli', address: null };

function options<const Names extends readonly string[]>(args: string[], names: Names) {
  const spec = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({
      args,
      options: { ...spec, 'password-stdin': { type: 'boolean' as const } },
    });
    if (!values['password-stdin'])
      throw new Refusal('--password-stdin is required: passwords do not belong on a command line.');
    const { 'password-stdin': _, ...given } = values;
    return given as Partial<Record<Names[number], string>>;
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${(error as Error).message}\n${USAGE}`);
  }
}

/** The pages' own schema decides; `flags` names its fields as the user wrote them. */
function check<T>(schema: z.ZodType<T>, value: unknown, flags: Record<string, string>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new Refusal(
    `${flags[field] ?? field} is missing or not acceptable: ${parsed.error.issues[0]?.message ?? ''}.`,
  );
}

const needs = (db: Db) => ({
  db,
  clock: systemClock,
  passwords: createPasswords(PASSWORD_COST, systemClock.now),
});

async function runSetUp(args: string[], { env, readPassword }: Surroundings): Promise<object> {
  const given = options(args, ['company', 'admin-id', 'language']);
  const { record, releaseKey } = await createVault();
  const wish = check(
    Setup.omit({ token: true }),
    {
      company: given.company,
      adminId: given['admin-id'],
      language: given.language ?? 'ja',
      password: await readPassword(),
      vault: record,
    },
    { company: '--company', adminId: '--admin-id', language: '--language', password: 'The password' },
  );
  return withStore(env, async (db, dataDir) => {
    const { subscriber } = await setUp(needs(db), wish, AUTHOR);
    setupTokenIn(dataDir, undefined).spend();
    return { subscriber, releaseKey };
  });
}

async function runOperatorAdd(args: string[], { env, readPassword }: Surroundings): Promise<object> {
  const given = options(args, ['id', 'name', 'email']);
  const wish = check(
    NewOperator,
    { ...given, password: await readPassword() },
    { id: '--id', name: '--name', email: '--email', password: 'The password' },
  );
  return withStore(env, async (db) => {
    const tenant = await findTenant(db);
    if (!tenant) throw new Refusal('There is no company yet: run `tasuki setup` first.');
    const { id, name, email, state } = await addOperator(needs(db), tenant, AUTHOR, wish);
    return { id, name, email, state };
  });
}

async function withStore(
  env: Surroundings['env'],
  work: (db: Db, dataDir: string) => Promise<object>,
): Promise<object> {
  const config = loadConfig(env);
  makeDataFolder(config.dataDir);
  const db = await openStore(config);
  try {
    return await work(db, config.dataDir);
  } finally {
    await db.destroy();
  }
}

/** Runs one command. @returns what is printed as JSON */
export async function runCommand([command, ...rest]: string[], around: Surroundings): Promise<object> {
  if (command === 'setup') return runSetUp(rest, around);
  if (command === 'operator' && rest[0] === 'add') return runOperatorAdd(rest.slice(1), around);
  throw new Refusal(USAGE);
}

/** One sentence for whatever `runCommand` threw. */
export function explain(error: unknown): string {
  if (error instanceof ProtocolError && error.code === 'not_found') return 'The set-up was done before.';
  if (error instanceof ProtocolError && error.code === 'conflict')
    return 'An operator with this ID exists already.';
  if (error instanceof Refusal || error instanceof ConfigError) return error.message;
  return `Failed: ${error instanceof Error ? error.message : String(error)}`;
}
