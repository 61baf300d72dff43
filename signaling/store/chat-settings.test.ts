import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../secrets';
import { ENGINES, openTestStore, type TestStore } from '../testing/stores';
import { deleteButtonSet, findButtonSet, listButtonSets, saveButtonSet } from './button-sets';
import { DEFAULT_CHAT_SETTINGS, findChatSettings, saveChatSettings } from './chat-settings';
import { deletePictures, findPicture, findPictureHead, insertPicture, listPictures } from './pictures';
import { insertTenant } from './tenants';

const NOW = 1_800_000_000_000;
const tenantId = 'tenant';

describe.each(ENGINES)('the chat button on %s', (engine) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore(engine);
    const tenant = { company: 'Acme', subscriber: 'ABCDEFGH', language: 'ja', created_at: NOW } as const;
    await insertTenant(store.db, { id: tenantId, ...tenant });
  }, 120_000);
  afterAll(() => store.close());

  it('has settings that are kept as they are, and defaults before', async () => {
    const { db } = store;
    expect(await findChatSettings(db, tenantId)).toEqual(DEFAULT_CHAT_SETTINGS);
    const settings = {
      origins: ['https://www.example.com'],
      offlineMessages: false,
      hours: { zone: 'Europe/Berlin', week: [[], [{ from: 540, to: 1440 }], [], [], [], [], []] },
    };
    await saveChatSettings(db, tenantId, settings);
    expect(await findChatSettings(db, tenantId)).toEqual(settings);
    await saveChatSettings(db, tenantId, DEFAULT_CHAT_SETTINGS);
    expect(await findChatSettings(db, tenantId)).toEqual(DEFAULT_CHAT_SETTINGS);
  });

  it('has sets by name; saving one again replaces it', async () => {
    const { db } = store;
    const [on, off] = ['https://a.test/on.gif', 'https://a.test/off.gif'];
    await saveButtonSet(db, tenantId, { name: 'shop', online: on, offline: off });
    await saveButtonSet(db, tenantId, { name: 'chat', online: on, offline: off });
    await saveButtonSet(db, tenantId, { name: 'shop', online: off, offline: on });
    expect((await listButtonSets(db, tenantId)).map(({ name }) => name)).toEqual(['chat', 'shop']);
    expect(await findButtonSet(db, tenantId, 'shop')).toEqual({ name: 'shop', online: off, offline: on });
    expect(await findButtonSet(db, 'other', 'shop')).toBeUndefined();
    expect(await deleteButtonSet(db, tenantId, 'shop')).toBe(true);
    expect(await deleteButtonSet(db, tenantId, 'shop')).toBe(false);
  });

  it('has pictures, the newest first, without their bytes in lists', async () => {
    const { db } = store;
    const picture = (kind: 'banner' | 'logo', at: number) => ({
      ...({ id: newId(), tenant_id: tenantId, kind, type: 'gif', name: '画像.gif' } as const),
      ...{ created_at: at, data: 'R0lGODlh' },
    });
    const [old, fresh, logo] = [picture('banner', NOW), picture('banner', NOW + 1), picture('logo', NOW)];
    for (const each of [old, fresh, logo]) await insertPicture(db, each);
    const banners = await listPictures(db, tenantId, 'banner');
    expect(banners.map(({ id }) => id)).toEqual([fresh.id, old.id]);
    expect(banners[0]).not.toHaveProperty('data');
    expect(await findPicture(db, old.id)).toEqual(old);
    expect(await findPictureHead(db, 'other', old.id)).toBeUndefined();
    expect(await deletePictures(db, tenantId, [old.id, fresh.id])).toBe(2);
    expect(await deletePictures(db, tenantId, [])).toBe(0);
    expect(await findPicture(db, logo.id)).toEqual(logo);
  });
});
