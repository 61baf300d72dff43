/** Staff devices from the request to the revocation, on the real server with real keys. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveDevice, deviceId, deviceKeys, deviceRequest, trustDevice } from '../../shared/crypto/device';
import { loadSodium } from '../../shared/crypto/sodium';
import { signVaultCard } from '../../shared/crypto/vault';
import { DeviceRow, DeviceState, VaultKeys, VaultState } from '../../shared/protocol/device';
import type { Role } from '../../shared/protocol/http';
import { fillDemo } from '../demo';
import { MAX_DEVICES } from '../devices/ask';
import { hasApprovedDevice } from '../store/devices';
import { ADMIN, approvedDevice, askFor, makeDevice, OPERATOR, type TestDevice } from '../testing/device';
import { startTestServer, VAULT, type TestServer } from '../testing/server';
import { bytes } from '../testing/session';
import { ROOT } from '../testing/vault';

let server: TestServer;
let admin: string;
let operator: string;
beforeAll(async () => {
  server = await startTestServer();
  [admin, operator] = [await server.login('administrator'), await server.login('operator')];
});
afterAll(() => server.close());

const ask = (device: TestDevice, cookie = operator, role: string = device.owner.role, body = {}) =>
  server.request('PUT', `/api/devices/${device.id}?role=${role}`, {
    cookie,
    body: { ...device.request, ...body },
  });
const look = (device: TestDevice, cookie = operator) =>
  server.request('GET', `/api/devices/${device.id}?role=${device.owner.role}`, { cookie });
const decide = (device: TestDevice, what: 'approve' | 'revoke', body: object = {}) =>
  server.request('POST', `/api/admin/devices/${device.id}/${what}`, { cookie: admin, body });
const rowOf = async (device: TestDevice) => {
  const { body } = await server.request('GET', '/api/admin/devices', { cookie: admin });
  return DeviceRow.array()
    .parse(body)
    .find((row) => row.id === device.id);
};
const lastLog = async () => {
  const { body } = await server.request('GET', '/api/admin/log?limit=1', { cookie: admin });
  return (body as { action: string; actor: string; subject: string }[])[0];
};

it('asks, waits, is approved, is trusted by its browser, and is revoked at once', async () => {
  const device = await makeDevice();
  expect((await look(device)).status).toBe(404);
  const asked = await ask(device);
  expect(DeviceState.parse(asked.body)).toEqual({
    state: 'pending',
    certificate: null,
    wrapped: null,
    identityKey: VAULT.identityKey,
    vaultKey: VAULT.publicKey,
    vaultCard: VAULT.card,
  });
  expect(await rowOf(device)).toMatchObject({
    ...device.request,
    account: 'operator',
    accountName: 'Olga Operator',
    role: 'operator',
    state: 'pending',
    approvedAt: null,
  });

  const desk = await server.desk(operator);
  expect((await decide(device, 'approve', device.approval)).status).toBe(200);
  expect(await desk.next('device:approved')).toEqual({ id: device.id });
  expect(await lastLog()).toMatchObject({ action: 'device.approved', actor: 'administrator:admin' });
  const state = DeviceState.parse((await look(device)).body);
  const claims = { keys: device.keys, identityKey: VAULT.identityKey, owner: OPERATOR };
  expect(trustDevice(device.sodium, claims, state)?.certificate).toEqual(device.approval.certificate);

  expect((await decide(device, 'revoke')).status).toBe(200);
  expect(await desk.next('device:revoked')).toEqual({ id: device.id });
  expect(await lastLog()).toMatchObject({
    action: 'device.revoked',
    subject: `operator:operator (Chrome on Linux, ${device.id.slice(0, 8)})`,
  });
  expect(await look(device)).toMatchObject({
    body: { state: 'revoked', certificate: null, wrapped: null },
  });
  // Neither asking nor approving brings it back.
  expect((await ask(device)).body).toMatchObject({ state: 'revoked' });
  expect((await decide(device, 'approve', device.approval)).status).toBe(409);
  expect((await decide(device, 'revoke')).status).toBe(409);
});

describe('a request', () => {
  it('made again changes the name only', async () => {
    const device = await approvedDevice(server);
    expect((await ask(device, operator, 'operator', { name: 'Firefox on macOS' })).body).toMatchObject({
      state: 'approved',
    });
    expect(await rowOf(device)).toMatchObject({ name: 'Firefox on macOS', state: 'approved' });
  });

  it('for another account, role, tenant or set of keys is refused', async () => {
    const device = await makeDevice();
    await server.addOperator('colleague');
    const colleague = await server.login('operator', 'colleague');
    const other = await makeDevice();
    const sodium = await loadSodium();
    const keys = deviceKeys(sodium, sodium.randombytes_buf(32));
    const elsewhere = deviceRequest(sodium, keys, other.request.signKey, OPERATOR, 'x');
    const answers = [
      await ask(device, colleague),
      await ask(device, admin, 'administrator'),
      await ask(device, operator, 'operator', { boxKey: other.request.boxKey }),
      await ask(device, operator, 'operator', { proof: other.request.proof }),
      await ask({ ...device, id: other.id }),
      await ask({ ...device, request: elsewhere }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    expect(await rowOf(device)).toBeUndefined();
  });

  it('with hostile names and shapes is refused, and with the wrong role or none', async () => {
    const device = await makeDevice();
    for (const name of ['', ' ', 'a\u202Eb', 'x'.repeat(81), 'line\nbreak']) {
      expect((await ask(device, operator, 'operator', { name })).status).toBe(400);
    }
    for (const [role, cookie, status] of [
      ['administrator', operator, 401],
      ['operator', admin, 401],
      ['somebody', operator, 400],
    ] as const) {
      expect((await ask(device, cookie, role)).status).toBe(status);
    }
    expect((await server.request('GET', '/api/devices', { cookie: operator })).status).toBe(400);
  });

  it('of somebody else is not told about', async () => {
    const device = await makeDevice();
    await askFor(server, device);
    await server.addOperator('nosy');
    expect((await look(device, await server.login('operator', 'nosy'))).status).toBe(404);
  });

  it('is one of a bounded number', async () => {
    await server.addOperator('collector');
    const owner = { account: 'collector', role: 'operator' as const };
    const cookie = await server.login('operator', 'collector');
    const devices: TestDevice[] = [];
    for (let n = 0; n < MAX_DEVICES; n++) devices.push(await makeDevice(owner));
    for (const device of devices) expect((await ask(device, cookie)).status).toBe(200);
    const more = await makeDevice(owner);
    expect(await ask(more, cookie)).toMatchObject({ status: 429, body: { error: 'limited' } });
    expect((await ask(devices[0] as TestDevice, cookie)).status).toBe(200);
    await decide(devices[0] as TestDevice, 'revoke');
    // One more, however many ask at once.
    const others = [more];
    for (let n = 0; n < 5; n++) others.push(await makeDevice(owner));
    const answers = await Promise.all(others.map((device) => ask(device, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429, 429, 429]);
  });
});

describe('an approval', () => {
  it('that the tenant’s key did not make for this very device is refused', async () => {
    const [device, other] = [await makeDevice(), await makeDevice()];
    await askFor(server, device);
    const sodium = await loadSodium();
    const theirs = sodium.randombytes_buf(32);
    const owners = [
      { account: 'colleague', role: 'operator' as const },
      { account: 'operator', role: 'administrator' as const },
    ];
    const wrong = [
      approveDevice(sodium, theirs, device.request, OPERATOR, 1),
      other.approval,
      ...owners.map((owner) => approveDevice(sodium, ROOT, device.request, owner, 1)),
      { ...device.approval, certificate: { ...device.approval.certificate, issuedAt: 5 } },
      { ...device.approval, certificate: { ...device.approval.certificate, role: 'administrator' } },
    ];
    for (const approval of wrong) {
      expect(await decide(device, 'approve', approval)).toMatchObject({
        status: 400,
        body: { fields: ['certificate'] },
      });
    }
    expect(await rowOf(device)).toMatchObject({ state: 'pending' });
    expect((await decide(other, 'approve', other.approval)).status).toBe(404);
    expect((await decide(device, 'approve', device.approval)).status).toBe(200);
    expect((await decide(device, 'approve', device.approval)).status).toBe(409);
  });

  it('of a second administrator’s browser gives it the vault’s secret, sealed', async () => {
    const device = await makeDevice(ADMIN);
    expect((await ask(device, admin)).status).toBe(200);
    expect((await decide(device, 'approve', device.approval)).status).toBe(200);
    const state = DeviceState.parse((await look(device, admin)).body);
    const claims = { keys: device.keys, identityKey: VAULT.identityKey, owner: device.owner };
    expect(trustDevice(device.sodium, claims, state)?.access.root).toEqual(ROOT);
  });
});

describe('the vault', () => {
  it('is told with public keys to staff, and with its box to administrators', async () => {
    const keys = await server.request('GET', '/api/devices?role=operator', { cookie: operator });
    expect(VaultKeys.strict().parse(keys.body).vaultCard).toBe(VAULT.card);
    const vault = await server.request('GET', '/api/admin/vault', { cookie: admin });
    expect(VaultState.parse(vault.body)).toEqual(VAULT);
  });

  it('that is older gets its card once, and no device is approved before', async () => {
    await server.db.updateTable('vaults').set({ card: null }).execute();
    const device = await makeDevice();
    await askFor(server, device);
    expect(await decide(device, 'approve', device.approval)).toMatchObject({
      status: 409,
      body: { fields: ['card'] },
    });
    const add = (card: string) =>
      server.request('PUT', '/api/admin/vault-card', { cookie: admin, body: { card } });
    const sodium = await loadSodium();
    expect((await add(signVaultCard(sodium, sodium.randombytes_buf(32)))).status).toBe(400);
    expect((await add(VAULT.card)).status).toBe(200);
    expect(await lastLog()).toMatchObject({ action: 'vault.card', subject: VAULT.publicKey });
    expect((await add(VAULT.card)).status).toBe(200);
    expect((await decide(device, 'approve', device.approval)).status).toBe(200);
  });
});

it('without an approved device an account is told how many messages wait, and given nothing that is sealed', async () => {
  const own = await startTestServer();
  const ways = (role: Role) => {
    const transcript = `${role === 'operator' ? '/api' : '/api/admin'}/chats/${bytes(16)}/transcript`;
    const answer = `/api/offline/${bytes(16)}`;
    return [['GET', '/api/offline'] as const, ['PATCH', answer] as const, ['GET', transcript] as const];
  };
  try {
    for (const owner of [OPERATOR, ADMIN]) {
      const cookie = await own.login(owner.role, owner.account);
      const request = (method: string, path: string) =>
        own.request(method, path, { cookie, ...(method === 'PATCH' ? { body: { state: 'closed' } } : {}) });
      const answers = () =>
        Promise.all(ways(owner.role).map(async ([method, path]) => (await request(method, path)).status));
      const refused = [403, 403, 403];
      expect(await answers()).toEqual(refused);
      await askFor(own, await makeDevice(owner));
      expect(await answers()).toEqual(refused);
      const { id } = await approvedDevice(own, owner);
      expect(await answers()).toEqual([200, 404, 404]);
      const revoked = await own.request('POST', `/api/admin/devices/${id}/revoke`, {
        cookie: await own.login('administrator'),
        body: {},
      });
      expect(revoked.status).toBe(200);
      expect(await answers()).toEqual(refused);
      expect((await request('GET', '/api/offline')).body).toEqual({ ok: false, error: 'not_allowed' });
      expect((await request('GET', '/api/offline/unread')).body).toEqual({ unread: 0 });
    }
  } finally {
    await own.close();
  }
});

it('a demo approves whatever asks, and the browser trusts it', async () => {
  const demo = await startTestServer({ populated: false, demo: true });
  const people = await fillDemo(demo.server.core);
  const cookie = await demo.login('operator', people.operator.id, people.operator.password);
  const told = await demo.request('GET', '/api/devices?role=operator', { cookie });
  const { identityKey } = VaultKeys.parse(told.body);
  const sodium = await loadSodium();
  const keys = deviceKeys(sodium, sodium.randombytes_buf(32));
  const owner = { account: people.operator.id, role: 'operator' as const };
  const request = deviceRequest(sodium, keys, identityKey, owner, 'Chrome on Linux');
  const answer = await demo.request('PUT', `/api/devices/${deviceId(sodium, request)}?role=operator`, {
    cookie,
    body: request,
  });
  const state = DeviceState.parse(answer.body);
  expect(trustDevice(sodium, { keys, identityKey, owner }, state)).not.toBeNull();
  const account = await demo.db
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'operator')
    .executeTakeFirst();
  expect(await hasApprovedDevice(demo.db, account?.id ?? '')).toBe(true);
  await demo.close();
});
