import type { Join, Joined } from '../../shared/protocol/customer';
import { ProtocolError } from '../../shared/protocol/errors';
import { limitKey } from '../address';
import { hashToken, newToken } from '../secrets';
import { peerPresent, redeem } from '../store/sessions';
import { findTenant } from '../store/tenants';
import type { Arriving, PairingContext } from './context';
import { hostNames } from './host';
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
  const tenant = await findTenant(db);
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

  await joiner.enter(row);
  const present = peerPresent(await stillLive(context, row.id), 'customer');
  // Last, with nothing to wait for after it: the operator's reply must not overtake the answer.
  notice.joined(row.id, join.share);
  return {
    sessionId: row.id,
    resume,
    host: hostNames(tenant, row.operator_name),
    mode: row.mode,
    peerPresent: present,
    ice: iceConfig(config.ice, row.id, now),
    windowsOnly: row.app_selection === 1,
  };
}
