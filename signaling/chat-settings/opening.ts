import { findChatSettings } from '../store/chat-settings';
import type { Db } from '../store/schema';
import { isOpen } from './hours';

/** Whether the tenant's business hours say so. */
export const isOpenNow = async (db: Db, tenantId: string, now: number): Promise<boolean> =>
  isOpen((await findChatSettings(db, tenantId)).hours, now);
