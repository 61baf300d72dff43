import { Attach, HelperResume } from '../../shared/protocol/helper';
import { attachHelper, resumeHelper } from '../helper/attach';
import { onHelper } from './on';
import { entering } from './rooms';
import { anybody } from './rules';

/** The helper was started with its secret. */
export const attachAsHelper = onHelper('helper:attach', Attach, anybody, ({ core, socket }, message) =>
  attachHelper(
    core.pairing,
    { address: socket.data.address, socketId: socket.id, enter: entering(core, socket) },
    message,
  ),
);

/** Its line was interrupted: needs its token. */
export const resumeAsHelper = onHelper('helper:resume', HelperResume, anybody, ({ core, socket }, message) =>
  resumeHelper(core.pairing, { socketId: socket.id, enter: entering(core, socket) }, message),
);
