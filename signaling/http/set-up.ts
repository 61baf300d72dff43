/** Set-up through the one-time link. Once it is done, these routes do not exist. */
import type { FastifyRequest } from 'fastify';
import { ProtocolError } from '../../shared/protocol/errors';
import { Setup, SetupDone } from '../../shared/protocol/http';
import { limitKey } from '../address';
import type { Core } from '../core';
import { findTenant } from '../store/tenants';
import { setUp } from '../tenants/set-up';
import type { App } from './app';
import { fromOwnPages } from './guard';

/** A hook for everything that belongs to set-up; runs before body and token are looked at. */
export const beforeSetUp = ({ db }: Core) => {
  let done = false;
  return async (_request: FastifyRequest) => {
    done ||= (await findTenant(db)) !== undefined;
    if (done) throw new ProtocolError('not_found');
  };
};

export function setUpRoutes(app: App, core: Core): void {
  app.post(
    '/api/setup',
    {
      config: { guardsItself: true },
      onRequest: [beforeSetUp(core), fromOwnPages(core)],
      schema: { body: Setup, response: { 200: SetupDone } },
    },
    async (request) => {
      const { token, ...wish } = request.body;
      const giveBack = await core.limiters.loginsPerAddress.take(limitKey(request.address));
      if (!core.setupToken.matches(token)) throw new ProtocolError('not_allowed');
      await giveBack();
      const done = await setUp(core.accounts, wish, { actor: 'setup', address: request.address });
      core.setupToken.spend();
      return done;
    },
  );
}
