import { beforeAll, expect, it } from 'vitest';
import { toBase64 } from './encoding';
import { openOffline, sealOffline } from './offline';
import { loadSodium, type Sodium } from './sodium';

let sodium: Sodium;
beforeAll(async () => {
  sodium = await loadSodium();
});

const CONTENT = { name: 'お名前', text: 'one\ntwo' };

it('opens what was sealed for this vault, and nothing else', () => {
  const box = sodium.crypto_box_keypair();
  const sealed = sealOffline(sodium, CONTENT, toBase64(sodium, box.publicKey));
  expect(openOffline(sodium, { box }, sealed)).toEqual(CONTENT);
  expect(openOffline(sodium, { box: sodium.crypto_box_keypair() }, sealed)).toBeNull();
});

it('opens nothing that was changed, cut or never a box', () => {
  const box = sodium.crypto_box_keypair();
  const sealed = sealOffline(sodium, CONTENT, toBase64(sodium, box.publicKey));
  const other = sealed.startsWith('A') ? 'B' : 'A';
  for (const wrong of [other + sealed.slice(1), sealed.slice(0, -4), '', '!!!', 'AAAA']) {
    expect(openOffline(sodium, { box }, wrong)).toBeNull();
  }
  const noJson = toBase64(sodium, sodium.crypto_box_seal('{', box.publicKey));
  expect(openOffline(sodium, { box }, noJson)).toBeNull();
});
