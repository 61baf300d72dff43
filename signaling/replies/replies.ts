/** Canned replies, the tenant's and personal ones. The administrator's changes are logged; they reach every operator. */
import { ProtocolError } from '../../shared/protocol/errors';
import { MAX_REPLIES, type CannedReply, type ReplyWish } from '../../shared/protocol/replies';
import type { Author } from '../accounts/operators';
import { writeLog, type LogAction } from '../audit/admin-log';
import type { Clock } from '../clock';
import { TENANT_OWNER, countReplies, deleteReply, insertReply, listReplies } from '../store/replies';
import type { Db } from '../store/schema';

interface Needs {
  db: Db;
  clock: Clock;
}

/** Whose replies are changed; `author` is there for the tenant's, which are logged. */
export type ReplyOwner = { tenantId: string } & ({ account: string } | { author: Author });

const keyOf = (owner: ReplyOwner): string => ('account' in owner ? owner.account : TENANT_OWNER);

/** The tenant's, and with an account that operator's own. */
export async function repliesOf(
  { db }: Needs,
  tenantId: string,
  account: string | null,
): Promise<CannedReply[]> {
  const rows = await listReplies(db, tenantId, account === null ? [TENANT_OWNER] : [TENANT_OWNER, account]);
  return rows.map(({ id, shortcut, text, owner }) => ({ id, shortcut, text, own: owner !== TENANT_OWNER }));
}

/**
 * A new reply, or instead of the one before. The old row goes and the new one comes in one transaction, so that two at
 * once cannot both have a shortcut.
 * @throws ProtocolError `conflict` when the shortcut is taken, `too_large` when there are too many
 */
export async function saveReply(
  context: Needs,
  owner: ReplyOwner,
  id: string,
  wish: ReplyWish,
): Promise<void> {
  const { clock } = context;
  const key = keyOf(owner);
  const place = { tenantId: owner.tenantId, owner: key, id };
  await context.db.transaction().execute(async (db) => {
    await deleteReply(db, place);
    const row = { id, tenant_id: owner.tenantId, owner: key, ...wish, changed_at: clock.now() };
    if (!(await insertReply(db, row))) throw new ProtocolError('conflict', { fields: ['shortcut'] });
    if ((await countReplies(db, owner.tenantId, key)) > MAX_REPLIES) throw new ProtocolError('too_large');
    await log({ db, clock }, owner, 'reply.saved', wish.shortcut);
  });
}

/** @throws ProtocolError `not_found`, also for somebody else's */
export async function removeReply(context: Needs, owner: ReplyOwner, id: string): Promise<void> {
  const { clock } = context;
  await context.db.transaction().execute(async (db) => {
    const shortcut = await deleteReply(db, { tenantId: owner.tenantId, owner: keyOf(owner), id });
    if (shortcut === undefined) throw new ProtocolError('not_found');
    await log({ db, clock }, owner, 'reply.deleted', shortcut);
  });
}

async function log(context: Needs, owner: ReplyOwner, action: LogAction, subject: string): Promise<void> {
  if ('author' in owner) {
    await writeLog(context, { ...owner.author, tenantId: owner.tenantId, action, subject });
  }
}
