import { beforeAll, expect, it } from 'vitest';
import type { ChatPlace } from '../../../shared/protocol/chat';
import { texts } from '../../i18n/index.svelte';
import { waitingWords } from './waiting';

beforeAll(async () => texts.load('chat'));

const PLACE: ChatPlace = { epoch: 0, place: 2, waitMs: null, late: false, online: true };
const CARD = { offlineMessages: true, opensAt: null };
const words = (place: Partial<ChatPlace> = {}, card: Parameters<typeof waitingWords>[1] = CARD) =>
  waitingWords({ ...PLACE, ...place }, card).join(' ');
const minutes = (count: number) => count * 60_000;

it('says what others waited, never rounded down', () => {
  expect(words()).not.toContain('待ち時間');
  expect(words({ waitMs: 59_000 })).toContain('1 分未満');
  expect(words({ waitMs: minutes(1) })).toContain('約 1 分');
  expect(words({ waitMs: minutes(1) + 1 })).toContain('約 2 分');
  expect(words({ waitMs: minutes(60) })).toContain('約 60 分');
  expect(words({ waitMs: minutes(480) })).toContain('1 時間以上');
});

it('says no number to whom it did not hold for', () => {
  expect(words({ waitMs: minutes(4), late: true })).toContain('いつもより');
  expect(words({ waitMs: minutes(4), late: true })).not.toContain('約');
});

it('says plainly that nobody is there, and what can be done', () => {
  const nobody = { online: false, waitMs: minutes(1) };
  expect(words(nobody)).toBe(
    'ただいま担当者が席を外しています。 このままお待ちになるか、メッセージを残してください。',
  );
  expect(words(nobody, { ...CARD, offlineMessages: false })).not.toContain('メッセージを残');
  expect(words(nobody, { ...CARD, opensAt: Date.UTC(2026, 4, 1) })).toContain('再開');
});
