import { ReportGrants } from '../../shared/protocol/helper';
import { reportGrants } from '../helper/report';
import { onHelper, type AnySocket } from './on';
import { inSession } from './rules';

/** The last report of each socket: the store may take them at once, the audit must not mix them up. */
const underWay = new WeakMap<AnySocket, Promise<void>>();

/** What the person has granted now; only the helper tells. */
export const helperGrants = onHelper(
  'helper:grants',
  ReportGrants,
  inSession,
  async ({ core, socket }, message) => {
    const before = underWay.get(socket) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => reportGrants(core.pairing, message));
    underWay.set(socket, mine);
    await mine;
    return {};
  },
);
