/** Set-up: once, in the browser through the one-time link or by the command line. */
import type { Setup } from '../../shared/protocol/http';
import { ProtocolError } from '../../shared/protocol/errors';
import type { AccountsContext } from '../accounts/context';
import { writeLog } from '../audit/admin-log';
import { newId, newSubscriberCode } from '../secrets';
import { insertAccount } from '../store/accounts';
import { findTenant, insertTenant, insertVault } from '../store/tenants';

type Needs = Pick<AccountsContext, 'db' | 'clock' | 'passwords'>;
export type SetUpWish = Omit<Setup, 'token'>;

/**
 * Creates the tenant with its subscriber code (RS-9), its administrator and its vault.
 * @throws ProtocolError `not_found` if it was done before, as every set-up route answers then
 */
export async function setUp(
  { db, clock, passwords }: Needs,
  wish: SetUpWish,
  author: { actor: string; address: string | null },
): Promise<{ subscriber: string }> {
  if (await findTenant(db)) throw new ProtocolError('not_found');
  const password_hash = await passwords.hash(wish.password);
  const now = clock.now();
  const tenant = {
    id: newId(),
    company: wish.company,
    subscriber: newSubscriberCode(),
    language: wish.language,
    created_at: now,
  };
  await db.transaction().execute(async (transaction) => {
    if (!(await insertTenant(transaction, tenant))) throw new ProtocolError('not_found');
    await insertVault(transaction, tenant.id, wish.vault);
    await insertAccount(transaction, {
      id: newId(),
      tenant_id: tenant.id,
      role: 'administrator',
      login_id: wish.adminId,
      login_key: wish.adminId.toLowerCase(),
      name: wish.adminId,
      email: '',
      password_hash,
      state: 'enabled',
      created_at: now,
    });
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'setup', subject: wish.adminId },
    );
  });
  return { subscriber: tenant.subscriber };
}
