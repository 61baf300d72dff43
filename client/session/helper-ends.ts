/** How a helper may end a session: the person there cancelled, or it found interference or an error. */
import type { EndReason } from '../../shared/protocol/common';

const REASONS: readonly EndReason[] = ['cancelled', 'tampered', 'failed'];

/** The helper's word about the end, as far as a helper has a word in it. */
export const helperEndReason = (reason: EndReason): EndReason =>
  REASONS.includes(reason) ? reason : 'failed';
