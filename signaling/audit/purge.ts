import { DAY, type Clock } from '../clock';
import { purgeBlocks } from '../store/blocks';
import { purgeAddresses } from '../store/chat-addresses';
import { forgetTokens, purgeChats } from '../store/chat-log';
import { purgeLog } from '../store/admin-log';
import { purgeMessages, purgeProofs } from '../store/offline';
import type { Db } from '../store/schema';
import { purgeSessions } from '../store/session-log';
import { purgeFailures } from '../store/sign-ins';

/** Failures in a row are forgotten after this time without another one; locks are much shorter. */
const FAILURES_KEPT_MS = DAY;
/** Longer than any start takes; the row is only a lock. */
const ADDRESSES_KEPT_MS = DAY;
/** So long after its end a conversation may still be read and rated by its customer. */
const CHAT_TOKENS_KEPT_MS = DAY;

/** Removes what is older than the retention time (RS-126). Runs at the start and every hour. */
export async function purge(
  { db, clock }: { db: Db; clock: Clock },
  retentionMs: number,
): Promise<{ sessions: number; logRows: number }> {
  const now = clock.now();
  await purgeFailures(db, now - FAILURES_KEPT_MS);
  await purgeProofs(db, now);
  await purgeBlocks(db, now);
  await purgeAddresses(db, now - ADDRESSES_KEPT_MS);
  await forgetTokens(db, now - CHAT_TOKENS_KEPT_MS);
  await purgeChats(db, now - retentionMs);
  await purgeMessages(db, now - retentionMs);
  return {
    sessions: await purgeSessions(db, now - retentionMs),
    logRows: await purgeLog(db, now - retentionMs),
  };
}
