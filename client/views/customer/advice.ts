/** What a customer can do after an end. */
import type { EndReason, Party } from '../../../shared/protocol/common';

export type Advice = 'close' | 'callBack' | 'suspicious' | 'pc' | 'network' | 'tamperedNext';

/** Pieces of advice, the most useful first; never empty. */
export function adviceAfter(reason: EndReason, by: Party): Advice[] {
  switch (reason) {
    case 'tampered':
      return ['tamperedNext'];
    case 'declined':
      return ['suspicious', 'close'];
    case 'unsupported':
      return by === 'operator' ? ['callBack'] : ['pc'];
    case 'no_path':
      return ['network'];
    case 'left':
      return by === 'customer' ? ['network'] : ['callBack'];
    case 'cancelled':
      return by === 'customer' ? ['close', 'callBack', 'suspicious'] : ['close', 'callBack'];
    default:
      return ['callBack', 'close'];
  }
}
