import { Resume } from '../../shared/protocol/customer';
import { resumeCustomer, resumeOperator } from '../pairing/presence';
import { on } from './on';
import { entering } from './rooms';
import { anybody, operatorOf, signedIn } from './rules';

/** The operator's page is back: needs the sign-in and the session's token. */
export const resumeAtDesk = on('session:resume', Resume, signedIn, async (context, message) => {
  const { core, socket } = context;
  const { account, signIn } = await operatorOf(context);
  const operator = { account: account.id, signIn };
  return resumeOperator(
    core.pairing,
    { operator, socketId: socket.id, enter: entering(core, socket) },
    message,
  );
});

/** The customer's page is back: needs the session's token. */
export const resumeAsCustomer = on('session:resume', Resume, anybody, ({ core, socket }, message) =>
  resumeCustomer(core.pairing, { socketId: socket.id, enter: entering(core, socket) }, message),
);
