/** The administrator's operators (RS-16). The same functions serve the page and the command line. */
import { DEFAULT_PERMIT } from '../../shared/policy';
import { MODES } from '../../shared/protocol/common';
import type { NewOperator, Operator, OperatorChange } from '../../shared/protocol/http';
import { ProtocolError } from '../../shared/protocol/errors';
import { writeLog, type LogAction } from '../audit/admin-log';
import { newId } from '../secrets';
import {
  findAccount,
  findPermit,
  insertAccount,
  insertPermit,
  listOperators,
  permitsByAccount,
  updateAccount,
  updatePermit,
} from '../store/accounts';
import { deleteSignInsOf, locksOf } from '../store/sign-ins';
import type { AccountRow, TenantRow } from '../store/schema';
import type { Permit } from '../../shared/protocol/http';
import type { AccountsContext } from './context';

/** Who asks for a change, for the log. */
export interface Author {
  actor: string;
  address: string | null;
}

type Needs = Pick<AccountsContext, 'db' | 'clock' | 'passwords'>;

export async function operatorsOf({ db, clock }: Needs, tenantId: string): Promise<Operator[]> {
  const [rows, permits, locks] = [
    await listOperators(db, tenantId),
    await permitsByAccount(db, tenantId),
    await locksOf(db, tenantId, clock.now()),
  ];
  return rows.map((row) => toOperator(row, permits.get(row.id) ?? DEFAULT_PERMIT, locks.get(row.login_key)));
}

/** @throws ProtocolError `conflict` if the ID is taken */
export async function addOperator(
  context: Needs,
  tenant: TenantRow,
  author: Author,
  wish: NewOperator,
): Promise<Operator> {
  const { db, clock, passwords } = context;
  const row: AccountRow = {
    id: newId(),
    tenant_id: tenant.id,
    role: 'operator',
    login_id: wish.id,
    login_key: wish.id.toLowerCase(),
    name: wish.name,
    email: wish.email,
    password_hash: await passwords.hash(wish.password),
    state: wish.state,
    created_at: clock.now(),
  };
  const added = await db.transaction().execute(async (transaction) => {
    if (!(await insertAccount(transaction, row))) return false;
    await insertPermit(transaction, tenant.id, row.id, DEFAULT_PERMIT);
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'operator.added', subject: row.login_id },
    );
    return true;
  });
  if (!added) throw new ProtocolError('conflict', { fields: ['id'] });
  return toOperator(row, DEFAULT_PERMIT);
}

/**
 * Changes an operator. A new password or the state `disabled` ends every sign-in and session of theirs; a new permit
 * holds from the next number on.
 * @throws ProtocolError `not_found`
 */
export async function changeOperator(
  context: Needs & Pick<AccountsContext, 'revoked' | 'permitChanged'>,
  tenant: TenantRow,
  author: Author,
  id: string,
  wish: OperatorChange,
): Promise<Operator> {
  const { db, clock, passwords } = context;
  const row = await findAccount(db, tenant.id, 'operator', id);
  if (!row) throw new ProtocolError('not_found');
  const change = {
    ...(wish.name === undefined ? {} : { name: wish.name }),
    ...(wish.email === undefined ? {} : { email: wish.email }),
    ...(wish.state === undefined ? {} : { state: wish.state }),
    ...(wish.password === undefined ? {} : { password_hash: await passwords.hash(wish.password) }),
  };
  const { permit, ...others } = wish;
  const outdated = wish.password !== undefined || wish.state === 'disabled';
  await db.transaction().execute(async (transaction) => {
    await updateAccount(transaction, row.id, change);
    if (outdated) await deleteSignInsOf(transaction, row.id);
    const log = (action: LogAction, what: string[]) =>
      writeLog(
        { db: transaction, clock },
        { ...author, tenantId: tenant.id, action, subject: `${row.login_id} (${what.join(', ')})` },
      );
    const names = Object.keys(others).sort();
    if (permit) {
      await updatePermit(transaction, row.id, permit);
      await log('operator.permit', permitWords(permit));
    }
    if (names.length > 0 || !permit) await log('operator.changed', names);
  });
  if (permit) await context.permitChanged(row.id, permit);
  if (outdated) await context.revoked({ account: row.id });
  const locks = await locksOf(db, tenant.id, clock.now());
  return toOperator({ ...row, ...change }, await findPermit(db, row.id), locks.get(row.login_key));
}

/** What is allowed, for the log: the modes, then whatever is switched on. */
const permitWords = ({ modes, recording, ...switches }: Permit): string[] => [
  ...MODES.filter((mode) => modes.includes(mode)),
  ...Object.entries(switches).flatMap(([name, on]) => (on ? [name] : [])),
  ...(recording === 'off' ? [] : [`recording ${recording}`]),
];

const toOperator = (row: AccountRow, permit: Permit, lockedUntil?: number): Operator => ({
  id: row.login_id,
  name: row.name,
  email: row.email,
  state: row.state,
  lockedUntil: lockedUntil ?? null,
  createdAt: row.created_at,
  permit,
});
