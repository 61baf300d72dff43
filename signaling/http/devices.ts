/** Staff devices: a browser asks and looks (both roles), an administrator approves and revokes. */
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import {
  DeviceApproval,
  DeviceId,
  DeviceQuery,
  DeviceRequest,
  DeviceRow,
  DeviceState,
  VaultCard,
  VaultKeys,
  VaultState,
} from '../../shared/protocol/device';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Core } from '../core';
import { approve, devicesOf, revoke } from '../devices/approval';
import { askForDevice } from '../devices/ask';
import { deviceState } from '../devices/state';
import { addCard, publicKeysOf, stateOf, vaultOf } from '../devices/vault';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

const Id = z.object({ id: DeviceId });
const Nothing = z.strictObject({});
const Done = z.object({ ok: z.literal(true) });
const DONE = { ok: true as const };

export function deviceRoutes(app: App, core: Core): void {
  ownDevices(app, core);
  administration(app, core);
}

function ownDevices(app: App, core: Core): void {
  const { devices } = core;
  const onRequest = forRoleInQuery(core);
  const querystring = DeviceQuery;

  app.get(
    '/api/devices',
    { onRequest, schema: { querystring, response: { 200: VaultKeys } } },
    async (request) => publicKeysOf(await vaultOf(devices, whoAsks(request).tenant.id)),
  );

  app.get(
    '/api/devices/:id',
    { onRequest, schema: { querystring, params: Id, response: { 200: DeviceState } } },
    async (request) => deviceState(devices, whoAsks(request).account, request.params.id),
  );

  app.put(
    '/api/devices/:id',
    { onRequest, schema: { querystring, params: Id, body: DeviceRequest, response: { 200: DeviceState } } },
    async (request) => askForDevice(devices, whoAsks(request).account, request.params.id, request.body),
  );
}

function administration(app: App, core: Core): void {
  const { devices } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get('/api/admin/vault', { onRequest, schema: { response: { 200: VaultState } } }, async (request) =>
    stateOf(await vaultOf(devices, whoAsks(request).tenant.id)),
  );

  app.put(
    '/api/admin/vault-card',
    { onRequest, schema: { body: VaultCard, response: { 200: Done } } },
    async (request) => {
      await addCard(devices, whoAsks(request).tenant.id, authorOf(request), request.body.card);
      return DONE;
    },
  );

  app.get(
    '/api/admin/devices',
    { onRequest, schema: { response: { 200: z.array(DeviceRow) } } },
    async (request) => devicesOf(devices, whoAsks(request).tenant.id),
  );

  app.post(
    '/api/admin/devices/:id/approve',
    { onRequest, schema: { params: Id, body: DeviceApproval, response: { 200: Done } } },
    async (request) => {
      const { tenant } = whoAsks(request);
      await approve(devices, tenant.id, authorOf(request), request.params.id, request.body);
      return DONE;
    },
  );

  app.post(
    '/api/admin/devices/:id/revoke',
    { onRequest, schema: { params: Id, body: Nothing, response: { 200: Done } } },
    async (request) => {
      await revoke(devices, whoAsks(request).tenant.id, authorOf(request), request.params.id);
      return DONE;
    },
  );
}

/** Lets in whoever holds a sign-in of the role that the query names. */
const forRoleInQuery = (core: Core) => async (request: FastifyRequest) => {
  const query = DeviceQuery.safeParse(request.query);
  if (!query.success) throw new ProtocolError('invalid', { fields: ['role'] });
  await onlyFor(core, query.data.role)(request);
};
