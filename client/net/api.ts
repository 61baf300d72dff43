/** Typed calls to the server. What it answers is checked against the schemas of `shared/protocol/http.ts`. */
import { z } from '../../shared/protocol/zod';
import {
  AdminLogRow,
  HelperDownloads,
  Me,
  Operator,
  SessionRow,
  SetupDone,
  type Login,
  type Role,
  type NewOperator,
  type OperatorChange,
  type Setup,
} from '../../shared/protocol/http';
import { request, type Result } from './http';

/** One request whose answer is checked against a schema; for the calls of one screen, which stand beside it. */
export async function call<T>(schema: z.ZodType<T>, ...args: Parameters<typeof request>): Promise<Result<T>> {
  const result = await request(...args);
  if (!result.ok) return result;
  const parsed = schema.safeParse(result.value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: 'version' };
}

const page = (path: string, before?: number): string =>
  before === undefined ? `${path}?limit=${PAGE_ROWS}` : `${path}?limit=${PAGE_ROWS}&before=${before}`;

/** Rows of one page of sessions or of the log. */
export const PAGE_ROWS = 50;

export const api = {
  login: (login: Login) => call(Me, 'POST', '/login', login),
  logout: (role: Role) => call(z.unknown(), 'POST', '/logout', { role }),
  me: (role: Role) => call(Me, 'GET', `/me?role=${role}`),
  setup: (setup: Setup) => call(SetupDone, 'POST', '/setup', setup),
  operators: () => call(z.array(Operator), 'GET', '/admin/operators'),
  addOperator: (operator: NewOperator) => call(z.unknown(), 'POST', '/admin/operators', operator),
  changeOperator: (id: string, change: OperatorChange) =>
    call(z.unknown(), 'PATCH', `/admin/operators/${encodeURIComponent(id)}`, change),
  sessions: (before?: number) => call(z.array(SessionRow), 'GET', page('/admin/sessions', before)),
  helper: () => call(HelperDownloads, 'GET', '/helper'),
  log: (before?: number) => call(z.array(AdminLogRow), 'GET', page('/admin/log', before)),
};
