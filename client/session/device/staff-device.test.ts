import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkClaim, chatVisitor, makeClaim } from '../../../shared/crypto/chat';
import { approveDevice } from '../../../shared/crypto/device';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { DeviceState } from '../../../shared/protocol/device';
import { CHIEF, FakeDeviceServer, ME, memoryStorage, RELEASE_KEY, vaultOf } from './device-server.fake';
import { deviceApi } from './device-api';
import { approveRow, enrol, unlockVault } from './enrol';
import { StaffDevice } from './staff-device.svelte';

let sodium: Sodium;
let root: Uint8Array;
let server: FakeDeviceServer;
let storage: ReturnType<typeof memoryStorage>;
const open: StaffDevice[] = [];

beforeEach(async () => {
  sodium = await loadSodium();
  root = new Uint8Array(32).fill(1);
  storage = memoryStorage();
  serve(new FakeDeviceServer(vaultOf(sodium, root), ME));
  vi.useFakeTimers();
});
afterEach(() => {
  for (const device of open.splice(0)) device.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function serve(next: FakeDeviceServer) {
  server = next;
  vi.stubGlobal('fetch', server.fetch);
}

async function opened(me = ME, options?: { ask?: boolean }): Promise<StaffDevice> {
  const device = new StaffDevice(me, deviceApi, storage);
  open.push(device);
  await device.open(options);
  return device;
}

/** As an administrator elsewhere does. */
async function approveElsewhere(id: string, secret = root): Promise<void> {
  const row = server.rows.get(id);
  if (!row) throw new Error('no such device');
  const owner = { account: row.account, role: row.role };
  server.rows.set(id, { ...row, state: 'approved', approval: approveDevice(sodium, secret, row, owner, 5) });
}

describe('a browser of the staff', () => {
  it('asks by itself, shows pictures, and learns of its approval', async () => {
    const device = await opened();
    expect([device.state, device.claimant('Anna'), device.access]).toEqual(['pending', null, null]);
    expect(device.pictures).toHaveLength(4);
    expect(device.pictures.every(({ emoji, en, ja }) => emoji && en && ja)).toBe(true);
    await approveElsewhere(device.id);
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(5_000);
      expect(device.state).toBe('approved');
    });
    expect(device.access?.root).toBeNull();
    const { visitorKey } = chatVisitor(sodium, new Uint8Array(32));
    const { claim } = makeClaim(sodium, device.claimant('Anna')!, visitorKey, 1);
    expect(checkClaim(sodium, server.vault.identityKey, visitorKey, claim)).toBe(true);
  });

  it('is the same after a reload, and another one for another account', async () => {
    const first = await opened();
    const second = await opened();
    expect(second.id).toBe(first.id);
    expect((await opened({ ...ME, id: 'bob' })).id).not.toBe(first.id);
    expect(server.rows.size).toBe(2);
    expect((await opened({ ...ME, id: 'ANNA' })).id).toBe(first.id);
  });

  it('does not ask unless it may', async () => {
    const device = await opened(ME, { ask: false });
    expect([device.state, server.asked]).toEqual(['none', []]);
    await device.ask();
    expect(device.state).toBe('pending');
  });

  it('loses everything with the approval, at once, and can ask anew', async () => {
    const device = await opened();
    await approveElsewhere(device.id);
    await device.heard(device.id);
    expect(device.state).toBe('approved');
    const { id } = device;
    server.revoke(id);
    await device.heard('of another device');
    expect(device.state).toBe('approved');
    await device.heard(id);
    expect([device.state, device.access, device.certificate, device.claimant('Anna')]).toEqual([
      'revoked',
      null,
      null,
      null,
    ]);
    await device.startAnew();
    expect(device.state).toBe('pending');
    expect(device.id).not.toBe(id);
  });

  it('keeps what it has while the server is away, and asks again where it was not heard', async () => {
    const device = await opened();
    await approveElsewhere(device.id);
    await device.look();
    server.reachable = false;
    await device.look();
    expect(device.state).toBe('approved');
    const late = await opened({ ...ME, id: 'late' });
    expect([late.state, late.why, late.problem?.error]).toEqual(['failed', 'server', 'offline']);
    server.reachable = true;
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      expect(late.state).toBe('pending');
    });
  });

  it('says so when this browser stores nothing', async () => {
    storage.find = () => Promise.reject(new Error('blocked'));
    const device = await opened();
    expect([device.state, device.why]).toEqual(['failed', 'storage']);
  });
});

describe('a server that lies', () => {
  it('about the tenant, after the browser has asked', async () => {
    const device = await opened();
    const theirs = new Uint8Array(32).fill(2);
    const before = server.rows;
    serve(new FakeDeviceServer(vaultOf(sodium, theirs), ME));
    for (const [id, row] of before) server.rows.set(id, row);
    await approveElsewhere(device.id, theirs);
    await device.look();
    expect([device.state, device.why, device.access]).toEqual(['failed', 'distrust', null]);
    expect((await opened()).why).toBe('distrust');
  });

  it('about the vault alone', async () => {
    const device = await opened();
    await approveElsewhere(device.id);
    const theirs = vaultOf(sodium, new Uint8Array(32).fill(2));
    const lies: Partial<DeviceState>[] = [
      { vaultKey: theirs.publicKey },
      { vaultKey: theirs.publicKey, vaultCard: theirs.card },
      { vaultCard: null },
    ];
    for (const lie of lies) {
      server.lie = (_path, answer) => ({ ...(answer as DeviceState), ...lie });
      await device.look();
      expect([lie, device.state, device.claimant('Anna')]).toEqual([lie, 'failed', null]);
    }
    server.lie = (_path, answer) => answer;
    await device.look();
    expect(device.state).toBe('approved');
  });
});

describe('an administrator’s browser', () => {
  beforeEach(() => serve(new FakeDeviceServer(vaultOf(sodium, root), CHIEF)));

  it('opens the vault with the release key, and with no other', async () => {
    expect(await unlockVault(RELEASE_KEY)).toEqual({ ok: true, root });
    expect(await unlockVault(RELEASE_KEY.replace('0', '1'))).toEqual({ ok: false, why: 'wrong_key' });
    expect(await unlockVault('')).toEqual({ ok: false, why: 'wrong_key' });
  });

  it('does not use it for keys that are not the vault’s', async () => {
    const theirs = vaultOf(sodium, new Uint8Array(32).fill(2));
    server.lie = (_path, answer) => ({ ...(answer as object), identityKey: theirs.identityKey });
    expect(await unlockVault(RELEASE_KEY)).toEqual({ ok: false, why: 'distrust' });
  });

  it('gives an older vault its card', async () => {
    server.card = null;
    await unlockVault(RELEASE_KEY);
    expect(server.card).toBe(server.vault.card);
  });

  it('enrols itself, once, then has the secret without the key', async () => {
    const device = await opened(CHIEF, { ask: false });
    expect(await enrol(device, root)).toBe(true);
    expect(device.access?.root).toEqual(root);
    expect(await enrol(device, root)).toBe(true);
    expect(server.rows.size).toBe(1);
    expect((await opened(CHIEF, { ask: false })).access?.root).toEqual(root);
  });

  it('enrols anew after a revocation, or where it had trusted another tenant key', async () => {
    const device = await opened(CHIEF);
    server.revoke(device.id);
    await device.look();
    expect(await enrol(device, root)).toBe(true);
    const [slot, stored] = [...storage.kept][0]!;
    storage.kept.set(slot, {
      ...stored,
      identityKey: vaultOf(sodium, new Uint8Array(32).fill(2)).identityKey,
    });
    const other = await opened(CHIEF, { ask: false });
    expect(other.why).toBe('distrust');
    expect(await enrol(other, root)).toBe(true);
  });

  it('approves what an account’s browser asked for, and nothing that was made up', async () => {
    const asking = await opened(CHIEF);
    const row = server.rows.get(asking.id)!;
    expect(await approveRow(root, { ...row, account: 'mallory' })).toBe('distrust');
    expect(await approveRow(root, { ...row, boxKey: row.signKey })).toBe('distrust');
    expect(await approveRow(new Uint8Array(32).fill(2), row)).toBe('distrust');
    expect(server.rows.get(asking.id)?.state).toBe('pending');
    expect(await approveRow(root, row)).toBeNull();
    await asking.look();
    expect(asking.state).toBe('approved');
  });
});
