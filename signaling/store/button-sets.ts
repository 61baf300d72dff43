import type { ButtonSet } from '../../shared/protocol/embed';
import type { Db } from './schema';

/** By name. */
export const listButtonSets = (db: Db, tenantId: string): Promise<ButtonSet[]> =>
  db
    .selectFrom('button_sets')
    .select(['name', 'online', 'offline'])
    .where('tenant_id', '=', tenantId)
    .orderBy('name')
    .execute();

export const findButtonSet = (db: Db, tenantId: string, name: string): Promise<ButtonSet | undefined> =>
  db
    .selectFrom('button_sets')
    .select(['name', 'online', 'offline'])
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .executeTakeFirst();

export async function saveButtonSet(db: Db, tenantId: string, { name, ...urls }: ButtonSet): Promise<void> {
  await db
    .insertInto('button_sets')
    .values({ tenant_id: tenantId, name, ...urls })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet(urls))
    .execute();
}

/** @returns whether there was one */
export async function deleteButtonSet(db: Db, tenantId: string, name: string): Promise<boolean> {
  const result = await db
    .deleteFrom('button_sets')
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}
