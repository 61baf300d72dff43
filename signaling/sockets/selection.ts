import { Selection } from '../../shared/protocol/helper';
import { reportSelection } from '../helper/report';
import { on } from './on';
import { inSession, sideAt } from './rules';

/** The side that shows its screen tells, for the audit, how many windows it has chosen. */
export const selection = on('session:selection', Selection, inSession, async (context, message) => {
  await reportSelection(context.core.pairing, sideAt(context), message);
  return {};
});
