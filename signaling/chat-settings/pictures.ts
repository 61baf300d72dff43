/** Uploaded pictures: the chat window's banner and logo (RS-33–35), and those of button sets. */
import type { PictureKind, UploadedPicture } from '../../shared/protocol/embed';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { writeLog } from '../audit/admin-log';
import { DAY } from '../clock';
import { newId } from '../secrets';
import { listButtonSets } from '../store/button-sets';
import { deletePictures, insertPicture, listPictures, type PictureHead } from '../store/pictures';
import type { Db, TenantRow } from '../store/schema';
import type { ChatSettingsContext } from './context';
import { checkPicture } from './picture-check';

/** Pictures of buttons that no set uses, at most; uploaded a moment ago, before the set was sent. */
const MAX_UNUSED = 50;

export const pictureUrl = ({ id, type }: Pick<PictureHead, 'id' | 'type'>): string =>
  `/pictures/${id}.${type}`;

/** @returns null for a picture on another server */
export const pictureIdOf = (url: string): string | null =>
  /^\/pictures\/([A-Za-z0-9_-]{22})\.[a-z]+$/.exec(url)?.[1] ?? null;

/** The one in use, if any. */
export async function currentPicture(
  db: Db,
  tenantId: string,
  kind: 'banner' | 'logo',
): Promise<string | null> {
  const [newest] = await listPictures(db, tenantId, kind);
  return newest ? pictureUrl(newest) : null;
}

/** Puts a picture in place. @throws ProtocolError `invalid` or `too_large` with the fault among its fields */
export async function uploadPicture(
  { db, clock, changed }: ChatSettingsContext,
  tenant: TenantRow,
  author: Author,
  { kind, name, bytes }: { kind: PictureKind; name: string; bytes: Uint8Array },
): Promise<UploadedPicture> {
  const checked = checkPicture(bytes, kind);
  if ('fault' in checked) {
    const fields = [checked.fault, ...(checked.found ? [checked.found] : [])];
    throw new ProtocolError(checked.fault === 'bytes' ? 'too_large' : 'invalid', { fields });
  }
  const { type, width, height } = checked;
  const head = { id: newId(), tenant_id: tenant.id, kind, type, name, created_at: clock.now() };
  await db.transaction().execute(async (transaction) => {
    await deletePictures(transaction, tenant.id, await superseded(transaction, tenant.id, kind, clock.now()));
    await insertPicture(transaction, { ...head, data: Buffer.from(bytes).toString('base64') });
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'picture.saved', subject: kind },
    );
  });
  changed();
  return { url: pictureUrl(head), width, height };
}

/** Takes banner or logo away. @throws ProtocolError `not_found` */
export async function removePicture(
  { db, clock }: ChatSettingsContext,
  tenant: TenantRow,
  author: Author,
  kind: 'banner' | 'logo',
): Promise<void> {
  const removed = await db.transaction().execute(async (transaction) => {
    const ids = (await listPictures(transaction, tenant.id, kind)).map(({ id }) => id);
    if ((await deletePictures(transaction, tenant.id, ids)) === 0) return false;
    await writeLog(
      { db: transaction, clock },
      { ...author, tenantId: tenant.id, action: 'picture.removed', subject: kind },
    );
    return true;
  });
  if (!removed) throw new ProtocolError('not_found');
}

/** What a new picture makes useless: the banner or logo before, and buttons that no set has used for a day. */
async function superseded(db: Db, tenantId: string, kind: PictureKind, now: number): Promise<string[]> {
  const present = await listPictures(db, tenantId, kind);
  if (kind !== 'button') return present.map(({ id }) => id);
  const used = new Set((await listButtonSets(db, tenantId)).flatMap((set) => [set.online, set.offline]));
  const unused = present.filter((head) => !used.has(pictureUrl(head)));
  return unused
    .filter((head, place) => place >= MAX_UNUSED - 1 || head.created_at < now - DAY)
    .map(({ id }) => id);
}
