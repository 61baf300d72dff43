/** The calls about offline messages. */
import { z } from '../../../shared/protocol/zod';
import {
  Challenge,
  NoticesShown,
  OfflineRow,
  type NewOfflineMessage,
  type OfflineState,
} from '../../../shared/protocol/mail';
import { call, PAGE_ROWS } from '../../net/api';

/** Paths, methods and the shape of each answer. */
export const offlineApi = {
  challenge: () => call(Challenge, 'GET', '/chat/challenge'),
  leave: (message: NewOfflineMessage) => call(z.unknown(), 'POST', '/chat/offline', message),
  list: (state: OfflineState | null, before?: number, rows = PAGE_ROWS) => {
    const query = new URLSearchParams({ limit: String(rows) });
    if (state) query.set('state', state);
    if (before !== undefined) query.set('before', String(before));
    return call(z.array(OfflineRow), 'GET', `/offline?${query}`);
  },
  change: (id: string, state: OfflineState) => call(OfflineRow, 'PATCH', `/offline/${id}`, { state }),
  notices: () => call(NoticesShown, 'GET', '/me/notices'),
  setNotices: (offlineMail: boolean) => call(NoticesShown, 'PUT', '/me/notices', { offlineMail }),
};
