import { Join } from '../../shared/protocol/customer';
import { joinSession } from '../pairing/join';
import { on } from './on';
import { entering } from './rooms';
import { anybody } from './rules';

/** The customer typed a code. */
export const join = on('session:join', Join, anybody, ({ core, socket }, message) =>
  joinSession(
    core.pairing,
    { address: socket.data.address, socketId: socket.id, enter: entering(core, socket) },
    message,
  ),
);
