/** Requests that change something come from our own pages, and from the right person. */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../shared/protocol/http';
import { ProtocolError } from '../../shared/protocol/errors';
import { identify, type Identity } from '../accounts/identity';
import type { Author } from '../accounts/operators';
import { actorName } from '../audit/admin-log';
import type { Core } from '../core';
import { hasApprovedDevice } from '../store/devices';
import { findTenant } from '../store/tenants';
import type { TenantRow } from '../store/schema';
import type { App } from './app';
import { cookieName } from './cookies';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route checks the origin by itself, after something that comes first. */
    guardsItself?: boolean;
  }
}

/** CSRF: the exact Origin on every unsafe method, and what the browser says about where it comes from. */
export const fromOwnPages =
  ({ origins }: Core) =>
  async (request: FastifyRequest) => {
    if (SAFE.has(request.method)) return;
    const site = request.headers['sec-fetch-site'];
    if (!origins.has(request.headers.origin) || (site !== undefined && site !== 'same-origin')) {
      throw new ProtocolError('not_allowed');
    }
  };

/** What does not exist answers 404 to everybody; everything else asks where the request comes from. */
export function installGuard(app: App, core: Core): void {
  const check = fromOwnPages(core);
  app.addHook('onRequest', async (request) => {
    if (!request.is404 && !request.routeOptions.config.guardsItself) await check(request);
  });
}

const IDENTITIES = new WeakMap<FastifyRequest, Identity & { tenant: TenantRow }>();

/** A hook for routes of one role; runs before the body is read. */
export const onlyFor = (core: Core, role: Role) => async (request: FastifyRequest) => {
  const identity = await identityOf(core, request, role);
  const tenant = await findTenant(core.db);
  if (!identity || !tenant) throw new ProtocolError('signed_out');
  IDENTITIES.set(request, { ...identity, tenant });
};

/** The same for whoever of the staff asks; a browser that holds both roles asks as its operator. */
export const onlyForStaff = (core: Core) => async (request: FastifyRequest) => {
  const operator = await identityOf(core, request, 'operator');
  await onlyFor(core, operator ? 'operator' : 'administrator')(request);
};

/**
 * After `onlyFor`, for what is sealed: an account without an approved device can read none of it, and a browser that was
 * revoked still has the keys to. The server cannot tell an account's browsers apart.
 */
export const withDevice = (core: Core) => async (request: FastifyRequest) => {
  if (!(await hasApprovedDevice(core.db, whoAsks(request).account.id)))
    throw new ProtocolError('not_allowed');
};

/** Who passed `onlyFor`. */
export function whoAsks(request: FastifyRequest): Identity & { tenant: TenantRow } {
  const identity = IDENTITIES.get(request);
  if (!identity) throw new ProtocolError('signed_out');
  return identity;
}

/** Who passed `onlyFor`, as the log names them. */
export function authorOf(request: FastifyRequest): Author {
  const { account } = whoAsks(request);
  return { actor: actorName(account.role, account.login_id), address: request.address };
}

/** Who holds the cookie of that role, if anybody. */
export const identityOf = (core: Core, request: FastifyRequest, role: Role): Promise<Identity | undefined> =>
  identify(core, request.cookies[cookieName(core.origins, role)], role);
