import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elsewhere, FakeAudio, FakeNotification } from './alerts.fake';
import { DeskAlerts, type Call } from './desk-chat-alerts.svelte';

let focused: () => number;
beforeEach(() => void ({ focused } = elsewhere((name, value) => vi.stubGlobal(name, value))));
afterEach(() => void vi.unstubAllGlobals());

const shown: (string | null)[] = [];
beforeEach(() => void (shown.length = 0));
const about = (chatId: string | null, text = 'A visitor has written'): Call => ({
  kind: chatId === null ? 'waiting' : 'message',
  text,
  chatId,
  show: () => void shown.push(chatId),
});
const titles = () => FakeNotification.shown.map(({ title }) => title);

describe('notifications of the desk', () => {
  it('are one a conversation: a second message takes the place of the first, that of another chat does not', () => {
    const alerts = new DeskAlerts();
    alerts.call(about('one', 'first'));
    alerts.call(about('two', 'other'));
    alerts.call(about('one', 'second'));
    alerts.call(about(null, 'waits'));
    expect(titles()).toEqual(['other', 'second', 'waits']);
    expect(new Set(FakeNotification.shown.map(({ tag }) => tag)).size).toBe(3);
  });

  it('bring what they are about to the front when they are clicked, and the window with it', () => {
    const alerts = new DeskAlerts();
    for (const chatId of ['one', 'two', null]) alerts.call(about(chatId));
    FakeNotification.made[1]?.click();
    expect([shown, focused()]).toEqual([['two'], 1]);
    // The operator is back: nothing calls any more.
    expect(titles()).toEqual([]);
    FakeNotification.made[2]?.click();
    expect([shown, focused()]).toEqual([['two', null], 2]);
  });

  it('of the queue goes when nobody waits any more; the others stay', () => {
    const alerts = new DeskAlerts();
    alerts.call(about(null, 'waits'));
    alerts.call(about('one', 'written'));
    alerts.settled(null);
    expect(titles()).toEqual(['written']);
  });

  it('are switched off and on here, over a reload too, without asking the browser again', async () => {
    const alerts = new DeskAlerts();
    alerts.call(about('one'));
    await alerts.setNotifying(false);
    expect([alerts.notifying, titles()]).toEqual([false, []]);
    const reloaded = new DeskAlerts();
    reloaded.call(about('one'));
    expect([reloaded.permission, reloaded.notifying, titles().length]).toEqual(['granted', false, 0]);
    FakeNotification.answer = 'denied';
    await reloaded.setNotifying(true);
    expect(new DeskAlerts().notifying).toBe(true);
    reloaded.call(about('one'));
    expect(titles()).toHaveLength(1);
  });

  it.each(['granted', 'denied'] as const)('ask the browser once, which answers %s', async (answer) => {
    FakeNotification.permission = 'default';
    FakeNotification.answer = answer;
    const alerts = new DeskAlerts();
    alerts.call(about('one'));
    expect([alerts.notifying, titles().length]).toEqual([false, 0]);
    await alerts.setNotifying(true);
    alerts.call(about('one'));
    expect([alerts.notifying, titles().length]).toEqual([answer === 'granted', answer === 'granted' ? 1 : 0]);
  });

  it('do not come while the desk is in view', () => {
    vi.stubGlobal('document', { hidden: false });
    new DeskAlerts().call(about('one'));
    expect(titles()).toEqual([]);
  });
});

describe('the sound of the desk', () => {
  it('comes once a call: one tone for a message, two for somebody who waits', () => {
    const alerts = new DeskAlerts();
    alerts.call(about('one'));
    expect(FakeAudio.heard).toEqual([660]);
    alerts.call(about(null));
    expect(FakeAudio.heard).toEqual([660, 660, 880]);
  });

  it('never comes while it is off, over a reload too', () => {
    new DeskAlerts().sound = false;
    const reloaded = new DeskAlerts();
    expect(reloaded.sound).toBe(false);
    reloaded.call(about('one'));
    reloaded.call(about(null));
    expect(FakeAudio.heard).toEqual([]);
    reloaded.sound = true;
    // Switched on, it lets itself be heard.
    expect(FakeAudio.heard).toEqual([660]);
    expect(new DeskAlerts().sound).toBe(true);
  });

  it('waits until the person has used the page, as browsers want it', () => {
    vi.stubGlobal('navigator', { userActivation: { hasBeenActive: false } });
    new DeskAlerts().call(about('one'));
    expect(FakeAudio.heard).toEqual([]);
  });
});
