import { Open } from '../../shared/protocol/desk';
import { openSession } from '../pairing/open';
import { on } from './on';
import { entering } from './rooms';
import { operatorOf, signedIn } from './rules';

/** The operator issues a code. */
export const open = on('session:open', Open, signedIn, async (context, message) => {
  const { core, socket } = context;
  const { account, signIn } = await operatorOf(context);
  return openSession(
    core.pairing,
    { account, signIn, socketId: socket.id, enter: entering(core, socket) },
    message,
  );
});
