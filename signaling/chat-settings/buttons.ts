/** Button sets (RS-26, RS-28–32): two pictures under a name that pages ask for. */
import type { ButtonSet, ListedButtonSet } from '../../shared/protocol/embed';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { deleteButtonSet, listButtonSets, saveButtonSet } from '../store/button-sets';
import { findPictureHead } from '../store/pictures';
import type { Db, TenantRow } from '../store/schema';
import type { ChatSettingsContext } from './context';
import { pictureIdOf } from './pictures';

export const MAX_BUTTON_SETS = 100;
const DISABLED = /^disabled\.[a-z0-9]+$/i;

/** Whether the offline picture's file name is `disabled.*`, which turns offline messages off (RS-32). */
export async function disablesMessages(db: Db, tenantId: string, { offline }: ButtonSet): Promise<boolean> {
  const id = pictureIdOf(offline);
  if (id !== null) return DISABLED.test((await findPictureHead(db, tenantId, id))?.name ?? '');
  try {
    return DISABLED.test(decodeURIComponent(new URL(offline).pathname.split('/').at(-1) ?? ''));
  } catch {
    return false; // an address with a broken escape
  }
}

/** Every set of the tenant, by name, as its administrator sees it. */
export async function describeButtonSets(db: Db, tenantId: string): Promise<ListedButtonSet[]> {
  const sets = await listButtonSets(db, tenantId);
  return Promise.all(
    sets.map(async (set) => ({ ...set, offlineMessages: !(await disablesMessages(db, tenantId, set)) })),
  );
}

/**
 * Adds or replaces a set.
 * @throws ProtocolError `invalid` for an uploaded picture that is not there, `limited` beyond MAX_BUTTON_SETS
 */
export async function putButtonSet(
  { db, clock, changed }: ChatSettingsContext,
  tenant: TenantRow,
  author: Author,
  set: ButtonSet,
): Promise<void> {
  for (const field of ['online', 'offline'] as const) {
    const id = pictureIdOf(set[field]);
    const head = id === null ? null : await findPictureHead(db, tenant.id, id);
    if (head === undefined || (head && head.kind !== 'button')) {
      throw new ProtocolError('invalid', { fields: [field] });
    }
  }
  const sets = await listButtonSets(db, tenant.id);
  if (sets.length >= MAX_BUTTON_SETS && !sets.some(({ name }) => name === set.name)) {
    throw new ProtocolError('limited');
  }
  await db.transaction().execute(async (transaction) => {
    await saveButtonSet(transaction, tenant.id, set);
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'button.saved', subject: set.name },
    );
  });
  changed();
}

/** @throws ProtocolError `not_found` */
export async function removeButtonSet(
  { db, clock, changed }: ChatSettingsContext,
  tenant: TenantRow,
  author: Author,
  name: string,
): Promise<void> {
  const removed = await db.transaction().execute(async (transaction) => {
    if (!(await deleteButtonSet(transaction, tenant.id, name))) return false;
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'button.removed', subject: name },
    );
    return true;
  });
  if (!removed) throw new ProtocolError('not_found');
  changed();
}
