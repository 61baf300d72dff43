import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SealedChat } from '../../../shared/protocol/chat';
import type { Ack } from '../../../shared/protocol/errors';
import { answered, say } from './conversation.fake';
import { Outbox } from './conversation-outbox';

type Sent = Ack<{ seq: number; at: number }>;

/** The customer's outbox before a server that answers as told; told nothing, it takes everything. */
async function outbox() {
  const all = await answered();
  const { customer, server } = all;
  const answers: ((message: SealedChat) => Sent)[] = [];
  const asked: SealedChat[] = [];
  const take = (message: SealedChat): Sent => {
    const { seq, at } = server.take(message);
    return { ok: true, seq, at };
  };
  const reload = vi.fn();
  const send = async (message: SealedChat): Promise<Sent> => {
    asked.push(message);
    return (answers.shift() ?? take)(message);
  };
  return { ...all, answers, asked, take, reload, box: new Outbox(customer, { send, reload }) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the outbox', () => {
  it('sends in order, and the other side can read it all', async () => {
    const { box, customer, desk, access } = await outbox();
    for (const text of ['one', 'two', 'three']) box.write(say(text));
    await settle();
    expect(customer.entries.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
    const side = desk(access);
    expect([side.entries.length, side.tampered]).toEqual([4, null]);
  });

  it('waits as long as the server says', async () => {
    const { box, asked, answers, customer } = await outbox();
    answers.push(() => ({ ok: false, error: 'limited', retryAt: Date.now() + 5000 }));
    box.write(say('too fast'));
    await vi.advanceTimersByTimeAsync(4900);
    expect(asked).toHaveLength(1);
    expect(customer.entries.at(-1)?.state).toBe('sending');
    await vi.advanceTimersByTimeAsync(200);
    expect(customer.entries.at(-1)?.state).toBe('sent');
  });

  it('has the history fetched after a lost answer, and sends nothing twice', async () => {
    const { box, answers, asked, take, reload, customer, server } = await outbox();
    answers.push((message) => {
      take(message); // kept, and the answer lost
      return { ok: false, error: 'failed' };
    });
    box.write(say('kept'));
    box.write(say('next'));
    await vi.advanceTimersByTimeAsync(2000);
    expect(reload).toHaveBeenCalledOnce();
    customer.load(server.forCustomer);
    await box.flush();
    expect(asked.map(({ n }) => n)).toEqual([0, 1]);
    expect(customer.entries.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('sends the very same again when it had not arrived', async () => {
    const { box, answers, asked, customer, server } = await outbox();
    answers.push(() => ({ ok: false, error: 'failed' }));
    box.write(say('lost'));
    await settle();
    customer.load(server.forCustomer);
    await box.flush();
    expect(asked[1]).toBe(asked[0]);
    expect(server.messages).toHaveLength(2);
  });

  it('gives up what the server will never take, and goes on with the rest', async () => {
    const { box, answers, customer } = await outbox();
    answers.push(() => ({ ok: false, error: 'too_large' }));
    box.write(say('huge'));
    box.write(say('small'));
    await settle();
    expect(customer.entries.map(({ state }) => state).sort()).toEqual(['failed', 'sent', 'sent']);
  });

  it('is silent once closed', async () => {
    const { box, asked } = await outbox();
    box.close();
    box.write(say('late'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
  });
});
