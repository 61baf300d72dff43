/** The calls about staff devices. */
import { z } from '../../../shared/protocol/zod';
import {
  DeviceRow,
  DeviceState,
  VaultKeys,
  VaultState,
  type DeviceApproval,
  type DeviceRequest,
} from '../../../shared/protocol/device';
import type { Role } from '../../../shared/protocol/http';
import { call } from '../../net/api';

const Any = z.unknown();

/** Paths, methods and the shape of each answer. */
export const deviceApi = {
  vaultKeys: (role: Role) => call(VaultKeys, 'GET', `/devices?role=${role}`),
  ask: (role: Role, id: string, request: DeviceRequest) =>
    call(DeviceState, 'PUT', `/devices/${id}?role=${role}`, request),
  state: (role: Role, id: string) => call(DeviceState, 'GET', `/devices/${id}?role=${role}`),
  vault: () => call(VaultState, 'GET', '/admin/vault'),
  addCard: (card: string) => call(Any, 'PUT', '/admin/vault-card', { card }),
  list: () => call(z.array(DeviceRow), 'GET', '/admin/devices'),
  approve: (id: string, approval: DeviceApproval) =>
    call(Any, 'POST', `/admin/devices/${id}/approve`, approval),
  revoke: (id: string) => call(Any, 'POST', `/admin/devices/${id}/revoke`, {}),
};
