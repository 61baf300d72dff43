/** The address of the number box (T-RS-3). */
import { SubscriberCode } from '../../../shared/protocol/common';

export interface BoxQuery {
  /** 加入コード, or null when the snippet lacks it. */
  owner: string | null;
  /** Goes on by itself after the last digit. */
  auto: boolean;
  /** The helper is offered in advance. */
  offersHelper: boolean;
}

/** `login` is the old name of `owner`. */
export function readBoxQuery(search: string): BoxQuery {
  const query = new URLSearchParams(search);
  const owner = SubscriberCode.safeParse((query.get('owner') ?? query.get('login') ?? '').toUpperCase());
  return {
    owner: owner.success ? owner.data : null,
    auto: query.get('auto') === '1',
    offersHelper: query.get('exe') === '1',
  };
}
