import { beforeAll, expect, it, vi } from 'vitest';
import type { VaultAccess } from '../../../shared/crypto/device';
import { toBase64 } from '../../../shared/crypto/encoding';
import { sealOffline } from '../../../shared/crypto/offline';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { OfflineContent } from '../../../shared/protocol/chat-content';
import type { OfflineRow, OfflineState } from '../../../shared/protocol/mail';
import { PAGE_ROWS } from '../../net/api';
import type { Result } from '../../net/http';
import { InboxList } from './inbox.svelte';

let sodium: Sodium;
let access: Pick<VaultAccess, 'box'>;
beforeAll(async () => {
  sodium = await loadSodium();
  access = { box: sodium.crypto_box_keypair() };
});

const CONTENT: OfflineContent = {
  name: 'Vera',
  mail: 'vera@example.org',
  subject: 'Printer',
  text: 'It does not print.',
  page: null,
  browser: '',
  language: '',
};
const seal = (content: object) => sealOffline(sodium, content, toBase64(sodium, access.box.publicKey));
const row = (id: string, box: string, state: OfflineState = 'new'): OfflineRow => ({
  id,
  at: Number(id),
  language: 'en',
  state,
  by: null,
  changedAt: null,
  box,
});

function inbox(rows: OfflineRow[]) {
  const signedOut = vi.fn();
  const api = {
    list: vi.fn(
      async (_state: unknown, before = Infinity, limit = PAGE_ROWS): Promise<Result<OfflineRow[]>> => ({
        ok: true,
        value: rows.filter(({ at }) => at < before).slice(0, limit),
      }),
    ),
    change: vi.fn(async (id: string, state: OfflineState): Promise<Result<OfflineRow>> => ({
      ok: true,
      value: { ...row(id, '', state), by: 'Olga', changedAt: 5 },
    })),
  };
  return { list: new InboxList(access, signedOut, api), api, signedOut };
}

it('opens what it can, and marks what it cannot without hiding the rest', async () => {
  const { list } = inbox([
    row('3', seal(CONTENT)),
    row('2', 'AAAA'),
    row('1', seal({ ...CONTENT, mail: 'javascript:alert(1)' })),
  ]);
  await list.load();
  expect(list.all.map(({ id, content }) => [id, content?.subject ?? null])).toEqual([
    ['3', 'Printer'],
    ['2', null],
    ['1', null],
  ]);
});

it('takes a message out of the list whose filter it left', async () => {
  const { list } = inbox([row('2', seal(CONTENT)), row('1', seal(CONTENT))]);
  await list.load();
  expect(await list.mark('2', 'answered')).toBe(true);
  expect(list.all.map(({ id }) => id)).toEqual(['1']);
  await list.show('all');
  await list.mark('1', 'closed');
  expect(list.all.find(({ id }) => id === '1')).toMatchObject({ state: 'closed', by: 'Olga' });
});

it('shows the answer to the newest question only', async () => {
  const { list, api } = inbox([]);
  let answerFirst: (result: Result<OfflineRow[]>) => void = () => {};
  api.list.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
  const first = list.load();
  await list.show('closed');
  answerFirst({ ok: true, value: [row('1', seal(CONTENT))] });
  await first;
  expect(list.all).toEqual([]);
  expect(api.list).toHaveBeenLastCalledWith('closed', undefined, PAGE_ROWS);
});

it('keeps what it has when something fails, and tells when the sign-in ended', async () => {
  const { list, api, signedOut } = inbox([row('1', seal(CONTENT))]);
  await list.load();
  api.list.mockResolvedValueOnce({ ok: false, error: 'offline' });
  await list.load();
  expect([list.all.length, list.problem?.error]).toEqual([1, 'offline']);
  api.change.mockResolvedValueOnce({ ok: false, error: 'signed_out' });
  expect(await list.mark('1', 'closed')).toBe(false);
  expect(signedOut).toHaveBeenCalledOnce();
});

it('stays as far back as the operator has gone when something changes', async () => {
  const box = seal(CONTENT);
  const rows = Array.from({ length: 2 * PAGE_ROWS + 1 }, (_, at) => row(String(1000 - at), box));
  const { list } = inbox(rows);
  await list.load();
  await list.older();
  expect([list.all.length, list.more]).toEqual([2 * PAGE_ROWS, true]);
  const oldest = list.all.at(-1)?.id;
  await list.load();
  expect(list.all.at(-1)?.id).toBe(oldest);
  await list.older();
  expect([list.all.length, list.more]).toEqual([rows.length, false]);
});
