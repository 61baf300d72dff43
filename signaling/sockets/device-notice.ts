/** What there is to say about staff devices, said at the desks of the account. */
import type { Server } from 'socket.io';
import type { DeviceNotice } from '../devices/context';
import { accountRoom, sideOf } from './rooms';

/** To all desks of the account. */
export const deviceNotice = (io: Server): DeviceNotice => ({
  approved(accountId, id) {
    sideOf(io, 'operator').to(accountRoom(accountId)).emit('device:approved', { id });
  },
  revoked(accountId, id) {
    sideOf(io, 'operator').to(accountRoom(accountId)).emit('device:revoked', { id });
  },
});
