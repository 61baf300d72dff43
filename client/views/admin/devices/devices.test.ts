import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadSodium } from '../../../../shared/crypto/sodium';
import { deviceApi } from '../../../session/device/device-api';
import {
  CHIEF,
  FakeDeviceServer,
  ME,
  memoryStorage,
  RELEASE_KEY,
  vaultOf,
} from '../../../session/device/device-server.fake';
import { StaffDevice } from '../../../session/device/staff-device.svelte';
import type { Account } from '../../signin/account.svelte';
import { DeviceList } from './devices.svelte';

let server: FakeDeviceServer;
let list: DeviceList;
let asking: StaffDevice;
const lost = vi.fn();

beforeEach(async () => {
  const sodium = await loadSodium();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.stubGlobal('document', { visibilityState: 'visible' });
  const vault = vaultOf(sodium, new Uint8Array(32).fill(1));
  // Anna has asked; from then on the administrator is at the page.
  const desk = new FakeDeviceServer(vault, ME);
  vi.stubGlobal('fetch', desk.fetch);
  asking = new StaffDevice(ME, deviceApi, memoryStorage());
  await asking.open();
  asking.close();
  server = new FakeDeviceServer(vault, CHIEF);
  for (const [id, row] of desk.rows) server.rows.set(id, row);
  vi.stubGlobal('fetch', server.fetch);
  list = new DeviceList(
    { lost } as unknown as Account,
    CHIEF,
    new StaffDevice(CHIEF, deviceApi, memoryStorage()),
  );
  await vi.waitFor(() => expect(list.checked.size).toBe(1));
});
afterEach(() => {
  list.close();
  vi.unstubAllGlobals();
});

const waiting = () => list.pending.find((row) => row.id === asking.id)!;

it('shows who waits with the pictures that they see, and approves nothing without the key', async () => {
  expect(list.checked.get(asking.id)).toEqual({ words: asking.words, genuine: true });
  expect(list.root).toBeNull();
  expect(await list.approve(waiting())).toBe(false);
  expect(server.rows.get(asking.id)?.state).toBe('pending');
});

it('approves with the release key, and remembers it only where that is wanted', async () => {
  expect(await list.unlock('0000', true)).toBe(false);
  expect(list.refusal).toBe('wrong_key');
  expect(await list.unlock(RELEASE_KEY, false)).toBe(true);
  expect([list.own.state, list.root?.length]).toEqual(['none', 32]);
  expect(await list.approve(waiting())).toBe(true);
  expect([list.pending.length, list.approved.map((row) => row.id)]).toEqual([0, [asking.id]]);
  expect(await list.unlock(RELEASE_KEY, true)).toBe(true);
  expect(list.own.state).toBe('approved');
  expect(list.approved).toHaveLength(2);
});

it('marks a device that the account never asked for, and does not approve it', async () => {
  await list.unlock(RELEASE_KEY, true);
  const made = { ...waiting(), id: list.own.id.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) };
  server.rows.set(made.id, { ...made, account: 'mallory', approval: null });
  await list.load();
  await vi.waitFor(() => expect(list.checked.get(made.id)?.genuine).toBe(false));
  expect(await list.approve({ ...made, account: 'mallory' })).toBe(false);
  expect(list.refusal).toBe('distrust');
});

it('checks anew what it had checked against the server’s word about the tenant', async () => {
  const sodium = await loadSodium();
  const theirs = vaultOf(sodium, new Uint8Array(32).fill(2));
  server.lie = (path, answer) =>
    path === '/devices' ? { ...(answer as object), identityKey: theirs.identityKey } : answer;
  list.checked.clear();
  await list.load();
  await vi.waitFor(() => expect(list.checked.get(asking.id)?.genuine).toBe(false));
  await list.unlock(RELEASE_KEY, false);
  await vi.waitFor(() => expect(list.checked.get(asking.id)?.genuine).toBe(true));
});

it('revokes, also itself, and then asks for the key again', async () => {
  await list.unlock(RELEASE_KEY, true);
  const own = list.approved.find((row) => row.id === list.own.id)!;
  expect(await list.revoke(own)).toBe(true);
  expect(list.own.state).toBe('revoked');
  expect(list.revoked.map((row) => row.id)).toEqual([own.id]);
});

it('tells the frame when the sign-in is over', async () => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(Response.json({ ok: false, error: 'signed_out' }, { status: 401 })),
  );
  await list.load();
  expect(lost).toHaveBeenCalled();
});
