/** What a server that lies, or anybody in its place, can do to a conversation: be noticed. */
import { describe, expect, it } from 'vitest';
import { sealChat } from '../../../shared/crypto/chat';
import type { ChatMessage } from '../../../shared/protocol/chat';
import { answered, asked, say } from './conversation.fake';

describe('a server that lies', () => {
  it('cannot change, repeat or invent a message', async () => {
    const { customer, operator, write, server } = await answered();
    const honest = write(operator, say('true'));
    customer.add(honest);
    const forged = { ...honest, seq: 2, n: 1 };
    customer.add(forged);
    expect(customer.tampered).toBe('forged');
    expect(customer.entries.at(-1)).toMatchObject({ content: null, fault: 'forged' });

    const again = (await answered()).newCustomer();
    again.load({ claims: [], messages: server.messages.slice(0, 1) });
    expect(again.tampered).toBe('forged'); // another conversation's
  });

  it.each<[string, (messages: ChatMessage[]) => ChatMessage[], string]>([
    ['repeats one', (all) => [...all, { ...all[1]!, seq: 4 }], 'replayed'],
    ['leaves one out', (all) => all.filter(({ seq }) => seq !== 2), 'missing'],
    ['leaves the question out', (all) => all.slice(1), 'missing'],
    [
      'puts another in its place',
      (all) => all.slice(1).map((each) => ({ ...each, seq: each.seq - 1 })),
      'unexpected',
    ],
    [
      'exchanges two',
      (all) => all.map((each) => ({ ...each, seq: [0, 2, 1, 3][each.seq]! })).sort((a, b) => a.seq - b.seq),
      'missing',
    ],
    ['gives one to the other side', (all) => [...all, { ...all[3]!, seq: 4, from: 'customer' }], 'forged'],
  ])('is noticed when it %s', async (_, lie, kind) => {
    const { operator, write, server, newCustomer } = await answered();
    for (const text of ['one', 'two', 'three']) write(operator, say(text));
    const fresh = newCustomer();
    const { claims, messages } = server.forCustomer;
    fresh.load({ claims, messages: lie(messages) });
    expect(fresh.tampered).toBe(kind);
  });

  it('cannot forget what was there before', async () => {
    const { customer, operator, write, server } = await answered();
    for (const text of ['one', 'two']) customer.add(write(operator, say(text)));
    customer.add(write(customer, say('mine')));
    const { claims, messages } = server.forCustomer;
    customer.load({ claims, messages: messages.filter(({ seq }) => seq !== 2) });
    expect(customer.tampered).toBe('missing');
  });

  it('has nothing more sealed once it was caught, and what waits is told as not sent', async () => {
    const { customer, operator, write } = await answered();
    customer.write(say('secret'));
    customer.add({ ...write(operator, say('true')), frame: 'A'.repeat(80) });
    expect(customer.tampered).toBe('forged');
    expect(customer.next()).toBeNull();
    expect(customer.entries.at(-1)).toMatchObject({ seq: null, state: 'failed' });
  });
});

describe('a side that lies', () => {
  it('cannot speak as an operator before anybody has vouched for one', async () => {
    const { customer, visitor, visitorKey, sodium } = await asked();
    const head = { epoch: 0, from: 'operator', sender: 'A'.repeat(11), n: 0 } as const;
    const message = sealChat(sodium, visitor.questionKey, visitorKey, head, say('Trust me.'));
    customer.add({ ...message, seq: 1, at: 1 });
    expect(customer.entries.at(-1)).toMatchObject({ content: null, fault: 'unexpected' });
  });

  it.each<[string, object, string]>([
    ['turns the direction of text', { t: 'text', text: 'abc\u202edef' }, 'malformed'],
    ['adds fields', { t: 'text', text: 'x', html: '<b>' }, 'malformed'],
    ['writes too much', { t: 'text', text: 'x'.repeat(4001) }, 'malformed'],
    [
      'says what only an operator may',
      {
        t: 'request',
        sessionId: 'A'.repeat(22),
        mode: 'view',
        windowsOnly: false,
        card: { operator: 'x', company: 'y' },
      },
      'unexpected',
    ],
    [
      'asks a second question',
      { t: 'question', name: 'x', text: 'y', page: null, title: '', browser: '', language: '' },
      'unexpected',
    ],
  ])('is not believed when it %s, and the rest stays readable', async (_, content, kind) => {
    const { customer, operator, sodium, visitorKey, server, write } = await answered();
    const head = { epoch: 1, from: 'customer', sender: 'A'.repeat(11), n: 0 } as const;
    const bad = server.take(sealChat(sodium, customer.key!, visitorKey, head, content));
    expect(operator.add(bad)).toBe('new');
    expect(operator.tampered).toBe(kind);
    expect(operator.entries.at(-1)).toMatchObject({ content: null, fault: kind });
    operator.add(write(customer, say('I am innocent')));
    expect(operator.entries.at(-1)).toMatchObject({ content: say('I am innocent') });
  });
});
