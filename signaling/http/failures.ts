/** Whatever goes wrong leaves as a `Failure` with a fitting status, and nothing else. */
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ProtocolError, type ErrorCode, type Failure } from '../../shared/protocol/errors';
import type { Core } from '../core';
import type { App } from './app';

export const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  bad_login: 401,
  signed_out: 401,
  not_allowed: 403,
  code_unknown: 404,
  not_found: 404,
  busy: 409,
  conflict: 409,
  version: 409,
  session_gone: 410,
  too_large: 413,
  locked: 423,
  limited: 429,
  failed: 500,
};

export function installFailures(app: App, { clock }: Core): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = toFailure(error);
    if (failure.error === 'failed')
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    if (failure.retryAt !== undefined) {
      reply.header('retry-after', Math.max(1, Math.ceil((failure.retryAt - clock.now()) / 1000)));
    }
    const status = error.statusCode === 415 ? 415 : STATUS[failure.error];
    return reply.code(status).send(failure);
  });
  app.setNotFoundHandler((request, reply) => {
    reply.header('cache-control', 'no-store');
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      return reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND_PAGE);
    }
    return reply.code(404).send({ ok: false, error: 'not_found' } satisfies Failure);
  });
}

function toFailure(error: FastifyError | ProtocolError): Failure {
  if (error instanceof ProtocolError) return error.toFailure();
  if (hasZodFastifySchemaValidationErrors(error)) {
    const names = error.validation.map((issue) => issue.instancePath.split('/')[1] ?? '');
    const fields = [...new Set(names)].filter((name) => name !== '' && name.length <= 60).slice(0, 20);
    return { ok: false, error: 'invalid', ...(fields.length > 0 ? { fields } : {}) };
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return { ok: false, error: 'too_large' };
  if (status === 404) return { ok: false, error: 'not_found' };
  return { ok: false, error: status < 500 ? 'invalid' : 'failed' };
}

const NOT_FOUND_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>404 – Tasuki</title><h1>404</h1><p>There is no such page. <a href="/">Start page</a></p>
<p lang="ja">ページが見つかりません。<a href="/">トップページ</a></p></html>
`;
