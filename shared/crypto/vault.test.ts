import { describe, expect, it } from 'vitest';
import { VaultRecord } from '../protocol/http';
import { loadSodium } from './sodium';
import { createVault, openVault, parseReleaseKey, vaultKeys } from './vault';
import { toBase64 } from './encoding';

describe('the vault', () => {
  it('opens with its release key, however it is typed, and with no other', async () => {
    const sodium = await loadSodium();
    const { record, releaseKey } = await createVault();
    expect(VaultRecord.parse(record)).toEqual(record);
    expect(releaseKey).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    const secret = await openVault(record, ` ${releaseKey.toLowerCase().replaceAll('-', ' ')} `);
    expect(toBase64(sodium, vaultKeys(sodium, secret!).box.publicKey)).toBe(record.publicKey);
    expect(toBase64(sodium, vaultKeys(sodium, secret!).identity.publicKey)).toBe(record.identityKey);
    const other = await createVault();
    expect(await openVault(record, other.releaseKey)).toBeNull();
    expect(await openVault(record, 'no key at all')).toBeNull();
  });

  it('forgives look-alikes', () => {
    const typed = 'oO1i-lL00-ABCD-EFGH-JKMN-PQRS-TVWX-YZ23';
    expect(parseReleaseKey(typed)).toBe('00111100ABCDEFGHJKMNPQRSTVWXYZ23');
    expect(parseReleaseKey(`${typed}4`)).toBeNull();
  });
});
