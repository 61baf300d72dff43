import type { PictureKind } from '../../shared/protocol/embed';
import type { Db, PictureRow } from './schema';

/** A picture without its bytes. */
export type PictureHead = Omit<PictureRow, 'data'>;
const HEAD = ['id', 'tenant_id', 'kind', 'type', 'name', 'created_at'] as const;

/** Keeps an uploaded picture. */
export async function insertPicture(db: Db, row: PictureRow): Promise<void> {
  await db.insertInto('pictures').values(row).execute();
}

/** With its bytes, for whoever shows it. */
export const findPicture = (db: Db, id: string): Promise<PictureRow | undefined> =>
  db.selectFrom('pictures').selectAll().where('id', '=', id).executeTakeFirst();

/** What is known of a picture of the tenant. */
export const findPictureHead = (db: Db, tenantId: string, id: string): Promise<PictureHead | undefined> =>
  db
    .selectFrom('pictures')
    .select(HEAD)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Newest first. */
export const listPictures = (db: Db, tenantId: string, kind: PictureKind): Promise<PictureHead[]> =>
  db
    .selectFrom('pictures')
    .select(HEAD)
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** @returns how many there were */
export async function deletePictures(db: Db, tenantId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await db
    .deleteFrom('pictures')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
