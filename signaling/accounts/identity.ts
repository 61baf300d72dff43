/** Who stands behind a cookie, and until when. */
import type { Role } from '../../shared/protocol/http';
import { actorName, writeLog } from '../audit/admin-log';
import { DAY, HOUR, MINUTE } from '../clock';
import { hashToken } from '../secrets';
import { accountById } from '../store/accounts';
import { deleteSignIn, findSignIn, takeExpiredSignIns, touchSignIn } from '../store/sign-ins';
import type { AccountRow, SignInRow } from '../store/schema';
import type { AccountsContext } from './context';

/** A sign-in ends when unused for this long, and in any case after `SIGN_IN_MAX_MS`. */
export const SIGN_IN_IDLE_MS = 12 * HOUR;
export const SIGN_IN_MAX_MS = 7 * DAY;
/** The time of last use is written at most this often. */
const TOUCH_EVERY_MS = MINUTE;

export interface Identity {
  signIn: string;
  account: AccountRow;
}

type Needs = Pick<AccountsContext, 'db' | 'clock'>;

/** @returns who holds the token, or nothing if it is unknown, expired, or its account disabled. */
export async function identify(context: Needs, token: string | undefined, role: Role) {
  if (!token) return undefined;
  return check(context, await findSignIn(context.db, { tokenHash: hashToken(token), role }));
}

/** The same for a socket that was let in earlier. Counts as use. */
export const stillSignedIn = async (context: Needs, signIn: string): Promise<Identity | undefined> =>
  check(context, await findSignIn(context.db, { id: signIn }));

async function check({ db, clock }: Needs, row: SignInRow | undefined): Promise<Identity | undefined> {
  const now = clock.now();
  if (!row || row.seen_at + SIGN_IN_IDLE_MS <= now || row.created_at + SIGN_IN_MAX_MS <= now)
    return undefined;
  const account = await accountById(db, row.account_id);
  if (account?.state !== 'enabled') return undefined;
  if (row.seen_at + TOUCH_EVERY_MS <= now) await touchSignIn(db, row.id, now);
  return { signIn: row.id, account };
}

/** Ends a sign-in and all it answers for. */
export async function signOut(context: AccountsContext, who: Identity, address: string): Promise<void> {
  if (!(await deleteSignIn(context.db, who.signIn))) return;
  const { account } = who;
  await writeLog(context, {
    tenantId: account.tenant_id,
    actor: actorName(account.role, account.login_id),
    action: 'logout',
    subject: account.login_id,
    address,
  });
  await context.revoked({ signIn: who.signIn });
}

/** Removes sign-ins whose time is up; their desks are told. */
export async function expireSignIns(context: AccountsContext): Promise<void> {
  const now = context.clock.now();
  const limits = { idleSince: now - SIGN_IN_IDLE_MS, bornBefore: now - SIGN_IN_MAX_MS };
  for (const { id } of await takeExpiredSignIns(context.db, limits)) await context.revoked({ signIn: id });
}
