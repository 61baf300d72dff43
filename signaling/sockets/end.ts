import { End, OfSession } from '../../shared/protocol/customer';
import type { EndReason } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import { reportEnd } from '../pairing/ending';
import { on } from './on';
import { inOrAfterSession, inSession, sideAt } from './rules';

/** Reasons only the server itself can know. */
const SERVERS_OWN: EndReason[] = ['expired', 'signed_out'];
/** What a browser may blame on neither side. */
const NOBODYS: EndReason[] = ['tampered', 'no_path', 'no_answer', 'failed'];

/** Either side ends, or tells of an end the two agreed on while the server was away. */
export const end = on('session:end', End, inOrAfterSession, async (context, { sessionId, by, reason }) => {
  const impossible =
    SERVERS_OWN.includes(reason) ||
    (by === 'server' && !NOBODYS.includes(reason)) ||
    (by !== 'customer' && reason === 'declined');
  if (impossible) throw new ProtocolError('invalid');
  await reportEnd(context.core.pairing, sideAt(context), { id: sessionId, by, reason });
  return {};
});

/** The page is being closed or reloaded: its socket's end, if it comes soon, is no accident. */
export const leaving = on('session:leaving', OfSession, inSession, async ({ core, socket }) => {
  socket.data.goodbyeAt = core.clock.now();
  return {};
});
