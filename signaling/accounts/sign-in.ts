/** Signing in and out. Unknown ID and wrong password cannot be told apart: same answer, same work, same lock. */
import type { Login, Me, Role } from '../../shared/protocol/http';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { actorName, writeLog } from '../audit/admin-log';
import { MINUTE } from '../clock';
import { hashToken, newId, newToken } from '../secrets';
import { findAccount, findPermit, loginKey } from '../store/accounts';
import { clearFailures, countAttempt, insertSignIn, lockedUntil, type LoginKey } from '../store/sign-ins';
import type { AccountRow, TenantRow } from '../store/schema';
import { findTenant } from '../store/tenants';
import type { AccountsContext } from './context';

/** Failures in a row that lock an ID (RS-41), and for how long. */
export const FAILURES_ALLOWED = 3;
export const LOCK_MS = 30 * MINUTE;

/** @returns the token for the cookie; only its hash is kept. */
export async function signIn(
  context: AccountsContext,
  login: Login,
  address: string,
): Promise<{ token: string; me: Me }> {
  const { db, limiters } = context;
  const giveBack = await limiters.loginsPerAddress.take(limitKey(address));
  const tenant = await findTenant(db);
  if (!tenant) throw new ProtocolError('bad_login');
  const account = await checkPassword(context, tenant, login, address);
  await giveBack();

  const token = newToken();
  const now = context.clock.now();
  await insertSignIn(db, {
    id: newId(),
    tenant_id: tenant.id,
    account_id: account.id,
    role: account.role,
    token_hash: hashToken(token),
    created_at: now,
    seen_at: now,
  });
  await log(context, tenant, login, 'login', address);
  return { token, me: await describe(context, account, tenant) };
}

async function checkPassword(
  context: AccountsContext,
  tenant: TenantRow,
  login: Login,
  address: string,
): Promise<AccountRow> {
  const { db, clock, passwords, metrics } = context;
  const who: LoginKey = { tenantId: tenant.id, role: login.role, key: loginKey(printable(login.id)) };
  const now = clock.now();
  const until = now + LOCK_MS;
  const failures = await countAttempt(db, who, { now, limit: FAILURES_ALLOWED, lockedUntil: until });
  if (failures === undefined) {
    metrics.logins.inc({ role: login.role, outcome: 'locked' });
    throw new ProtocolError('locked', { retryAt: (await lockedUntil(db, who, now)) ?? now + 1 });
  }
  const account = await findAccount(db, tenant.id, login.role, printable(login.id));
  const right = await passwords.verify(account?.password_hash, login.password);
  if (right && account?.state === 'enabled') {
    await clearFailures(db, who);
    metrics.logins.inc({ role: login.role, outcome: 'ok' });
    return account;
  }
  const blocked = failures >= FAILURES_ALLOWED;
  await log(context, tenant, login, blocked ? 'login.blocked' : 'login.failed', address);
  metrics.logins.inc({ role: login.role, outcome: blocked ? 'blocked' : 'bad_login' });
  throw blocked ? new ProtocolError('locked', { retryAt: until }) : new ProtocolError('bad_login');
}

/**
 * What was typed need not be an ID. The log is for reading and PostgreSQL refuses NUL, so whatever no ID contains
 * becomes a character that no ID contains.
 */
const printable = (id: string): string => id.replace(/[^A-Za-z0-9._@-]/g, '?');

const log = (
  context: AccountsContext,
  tenant: TenantRow,
  login: { role: Role; id: string },
  action: 'login' | 'login.failed' | 'login.blocked',
  address: string,
) =>
  writeLog(context, {
    tenantId: tenant.id,
    actor: actorName(login.role, printable(login.id)),
    action,
    subject: printable(login.id),
    address,
  });

/** What a page may know about the one who is signed in. */
export async function describe(
  { db }: Pick<AccountsContext, 'db'>,
  account: AccountRow,
  tenant: TenantRow,
): Promise<Me> {
  return {
    id: account.login_id,
    name: account.name,
    role: account.role,
    company: tenant.company,
    subscriber: tenant.subscriber,
    ...(account.role === 'operator' ? { permit: await findPermit(db, account.id) } : {}),
  };
}
