import type { Server } from 'socket.io';
import { DESK_NAMESPACE } from '../../shared/protocol/desk';
import type { OfflineNotice } from '../offline/context';

/** Tells the desks. An installation has one tenant, so all of them. */
export const offlineNotice = (io: Server): OfflineNotice => ({
  unread(_tenantId, unread) {
    io.of(DESK_NAMESPACE).emit('chat:unread', { unread });
  },
});
