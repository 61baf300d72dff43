import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProtocolError } from '../../shared/protocol/errors';
import { Login, Me, WhichRole, type Role } from '../../shared/protocol/http';
import { signOut } from '../accounts/identity';
import { describe, signIn } from '../accounts/sign-in';
import type { Core } from '../core';
import { findTenant } from '../store/tenants';
import type { App } from './app';
import { COOKIE, cookieName } from './cookies';
import { identityOf } from './guard';

const ROLES: Role[] = ['operator', 'administrator'];

export function signInRoutes(app: App, core: Core): void {
  const { accounts, db, origins } = core;

  app.post('/api/login', { schema: { body: Login, response: { 200: Me } } }, async (request, reply) => {
    const { token, me } = await signIn(accounts, request.body, request.address);
    reply.setCookie(cookieName(origins, me.role), token, COOKIE);
    return me;
  });

  app.post(
    '/api/logout',
    { schema: { body: WhichRole, response: { 200: z.object({ ok: z.literal(true) }) } } },
    async (request, reply) => {
      for (const role of rolesOf(request.body.role)) {
        const identity = await identityOf(core, request, role);
        if (identity) await signOut(accounts, identity, request.address);
        reply.clearCookie(cookieName(origins, role), COOKIE);
      }
      return { ok: true as const };
    },
  );

  app.get('/api/me', { schema: { querystring: WhichRole, response: { 200: Me } } }, async (request) => {
    const identity = await firstIdentity(request, rolesOf(request.query.role));
    const tenant = await findTenant(db);
    if (!identity || !tenant) throw new ProtocolError('signed_out');
    return describe(core, identity.account, tenant);
  });

  async function firstIdentity(request: FastifyRequest, roles: Role[]) {
    for (const role of roles) {
      const identity = await identityOf(core, request, role);
      if (identity) return identity;
    }
    return undefined;
  }
}

const rolesOf = (role: Role | undefined): Role[] => (role ? [role] : ROLES);
