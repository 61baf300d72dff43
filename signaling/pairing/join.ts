import type { Join, Joined } from '../../shared/protocol/customer';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { hashToken, newToken } from '../secrets';
import { peerPresent, redeem } from '../store/sessions';
import { findTenant } from '../store/tenants';
import type { Arriving, PairingContext } from './context';
import { iceConfig } from './ice';
import { stillLive } from './presence';

export interface Joiner extends Arriving {
  address: string;
}

/**
 * Redeems a rendezvous (RS-66, RS-67). Wrong, expired, withdrawn and used are one answer by one path through this
 * function, and each failure counts against the address and against everybody.
 */
export async function joinSession(context: PairingContext, joiner: Joiner, join: Join): Promise<Joined> {
  const { db, clock, config, limiters, metrics, notice } = context;
  const giveBack = [
    await limiters.joinsPerAddress.take(limitKey(joiner.address)),
    await limiters.joinsOverall.take('all'),
  ];
  const resume = newToken();
  const now = clock.now();
  const row = await redeem(db, {
    ...join,
    now,
    address: joiner.address,
    socketId: joiner.socketId,
    resumeHash: hashToken(resume),
    awayUntil: now + config.resumeGraceMs,
  });
  metrics.joins.inc({ outcome: row ? 'joined' : 'code_unknown' });
  if (!row) throw new ProtocolError('code_unknown');
  for (const back of giveBack) await back();

  await joiner.enter(row.id);
  await stillLive(context, row.id);
  notice.joined(row.id, join.share);
  if (!peerPresent(row, 'customer')) notice.peer(row.id, 'customer', false);
  const tenant = await findTenant(db);
  return {
    sessionId: row.id,
    resume,
    host: { operator: row.operator_name, company: tenant?.company ?? '' },
    mode: row.mode,
    peerPresent: peerPresent(row, 'customer'),
    ice: iceConfig(config.ice, row.id, now),
  };
}
