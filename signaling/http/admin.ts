/** What administrators do. Duties are separated: an operator's sign-in opens none of this. */
import { z } from 'zod';
import {
  AccountId,
  AdminLogRow,
  NewOperator,
  Operator,
  OperatorChange,
  PageQuery,
  SessionRow,
} from '../../shared/protocol/http';
import { addOperator, changeOperator, operatorsOf } from '../accounts/operators';
import type { Core } from '../core';
import { listLogRows } from '../store/admin-log';
import { listSessions } from '../store/session-log';
import type { App } from './app';
import { authorOf, onlyFor, whoAsks } from './guard';

export function adminRoutes(app: App, core: Core): void {
  const { accounts, db } = core;
  const onRequest = onlyFor(core, 'administrator');

  app.get(
    '/api/admin/operators',
    { onRequest, schema: { response: { 200: z.array(Operator) } } },
    async (request) => operatorsOf(accounts, whoAsks(request).tenant.id),
  );

  app.post(
    '/api/admin/operators',
    { onRequest, schema: { body: NewOperator, response: { 201: Operator } } },
    async (request, reply) => {
      const operator = await addOperator(accounts, whoAsks(request).tenant, authorOf(request), request.body);
      return reply.code(201).send(operator);
    },
  );

  app.patch(
    '/api/admin/operators/:id',
    {
      onRequest,
      schema: { params: z.object({ id: AccountId }), body: OperatorChange, response: { 200: Operator } },
    },
    async (request) =>
      changeOperator(accounts, whoAsks(request).tenant, authorOf(request), request.params.id, request.body),
  );

  app.get(
    '/api/admin/sessions',
    { onRequest, schema: { querystring: PageQuery, response: { 200: z.array(SessionRow) } } },
    async (request) => listSessions(db, whoAsks(request).tenant.id, request.query),
  );

  app.get(
    '/api/admin/log',
    { onRequest, schema: { querystring: PageQuery, response: { 200: z.array(AdminLogRow) } } },
    async (request) => listLogRows(db, whoAsks(request).tenant.id, request.query),
  );
}
