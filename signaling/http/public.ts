import { z } from 'zod';
import { PublicInfo } from '../../shared/protocol/http';
import type { Core } from '../core';
import { findTenant } from '../store/tenants';
import type { App } from './app';

export function publicRoutes(app: App, { db, demo }: Core): void {
  app.get('/api/public', { schema: { response: { 200: PublicInfo } } }, async () => {
    const tenant = await findTenant(db);
    return { company: tenant?.company ?? null, language: tenant?.language ?? null, demo };
  });

  app.get(
    '/api/openapi.json',
    { schema: { hide: true, response: { 200: z.record(z.string(), z.unknown()) } } },
    async () => app.swagger() as unknown as Record<string, unknown>,
  );
}
