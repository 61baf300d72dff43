import { describe, expect, it } from 'vitest';
import { safetyWords } from '../../../shared/crypto/safety-words';
import { answered, asked, QUESTION, say } from './conversation.fake';
import type { Conversation } from './conversation';

const texts = ({ entries }: Conversation) =>
  entries.map(({ content }) => (content && 'text' in content ? content.text : content));

describe('a conversation', () => {
  it('begins with the question, which the staff reads before anybody has claimed it', async () => {
    const { customer, desk, staff } = await asked();
    const side = desk(staff('taro').access);
    expect(side.entries[0]).toMatchObject({ seq: 0, epoch: 0, mine: false, fault: null, content: QUESTION });
    expect(customer.entries[0]).toMatchObject({ seq: 0, mine: true, state: 'sent' });
    expect([side.tampered, customer.tampered]).toEqual([null, null]);
  });

  it('goes on between both sides, with the same safety pictures', async () => {
    const { sodium, customer, operator, write } = await answered();
    expect(customer.add(write(operator, say('Which printer?')))).toBe('new');
    expect(operator.add(write(customer, say('The one in the hall.')))).toBe('new');
    const all = ['How do I print?', 'Which printer?', 'The one in the hall.'];
    expect(texts(customer)).toEqual(all);
    expect(texts(operator)).toEqual(all);
    expect(safetyWords(sodium, customer.key!)).toEqual(safetyWords(sodium, operator.key!));
  });

  it('is the same for a page that is opened later, and a colleague takes it over', async () => {
    const { customer, operator, write, server, newCustomer, staff, desk, claim } = await answered();
    write(operator, say('Wait, please.'));
    const colleague = staff('次郎');
    const made = claim(colleague.claimant);
    customer.load(server.forCustomer);
    const second = desk(colleague.access);
    expect(customer.claims.map((each) => each.operator)).toEqual(['山田 花子', '次郎']);
    expect(made.epoch).toBe(2);
    customer.add(write(second, say('Here I am.')));
    const later = newCustomer();
    later.load(server.forCustomer);
    expect(texts(later)).toEqual(['How do I print?', 'Wait, please.', 'Here I am.']);
    expect(later.entries[0]).toMatchObject({ mine: true });
    expect(later.tampered).toBeNull();
    later.write(say('from another tab'));
    expect(later.next()).toMatchObject({ epoch: 2, n: 0 });
  });

  it('keeps notes among the staff', async () => {
    const { customer, operator, write, server, desk, staff } = await answered();
    const note = write(operator, say('Seems upset.'), 'note');
    expect(texts(desk(staff('taro').access))).toContain('Seems upset.');
    customer.load(server.forCustomer);
    expect(customer.tampered).toBeNull();
    expect(texts(customer)).not.toContain('Seems upset.');
    customer.add(note);
    expect(customer.entries.at(-1)).toMatchObject({ content: null, fault: 'unexpected' });
  });

  it('tells how far the other side is, and never goes back', async () => {
    const { customer, write } = await answered();
    write(customer, say('a'));
    customer.write(say('b'));
    const states = () => customer.entries.map(({ state }) => state);
    expect(states()).toEqual(['sent', 'sent', 'sending']);
    customer.mark({ delivered: 1, seen: 0 });
    expect(states()).toEqual(['seen', 'delivered', 'sending']);
    customer.mark({ delivered: 0, seen: -1 });
    expect(states()).toEqual(['seen', 'delivered', 'sending']);
  });

  it('knows its own message whether the answer or the echo comes first', async () => {
    const { customer, server } = await answered();
    const id = customer.write(say('once'));
    const message = customer.next()!;
    const kept = server.take(message);
    expect(customer.add(kept)).toBe('new');
    customer.sent(message, kept);
    expect(customer.add(kept)).toBe('known');
    expect(customer.entries.filter(({ content }) => content && 'text' in content)).toHaveLength(2);
    expect(customer.entries.at(-1)).toMatchObject({ id, seq: 1, state: 'sent' });
  });

  it('sends one after the other, the same again when nobody knows what became of it', async () => {
    const { customer, send } = await answered();
    customer.write(say('first'));
    customer.write(say('second'));
    const first = customer.next();
    expect(customer.next()).toBe(first);
    expect(first).toMatchObject({ epoch: 1, n: 0 });
    expect(send(customer).frame).toBe(first!.frame);
    expect(customer.next()).toMatchObject({ n: 1 });
  });

  it('leaves no gap after a message that was refused, and offers it again', async () => {
    const { customer, operator, send } = await answered();
    const id = customer.write(say('refused'));
    customer.refused(customer.next()!);
    expect(customer.entries.at(-1)).toMatchObject({ id, state: 'failed' });
    customer.write(say('taken'));
    expect(operator.add(send(customer))).toBe('new');
    customer.retry(id);
    expect(operator.add(send(customer))).toBe('new');
    expect(texts(operator)).toEqual(['How do I print?', 'taken', 'refused']);
    expect(operator.tampered).toBeNull();
  });

  it('seals anew for whoever has claimed it meanwhile', async () => {
    const { customer, server, staff, claim, desk, send } = await answered();
    customer.write(say('for whom?'));
    expect(customer.next()).toMatchObject({ epoch: 1 });
    const colleague = staff('次郎');
    customer.claim(claim(colleague.claimant));
    expect(customer.next()).toMatchObject({ epoch: 2, n: 0 });
    send(customer);
    expect(texts(desk(colleague.access))).toEqual(['How do I print?', 'for whom?']);
    expect(server.messages).toHaveLength(2);
  });

  it('asks for the history instead of crying wolf when something was told while it was away', async () => {
    const { customer, operator, write, server, staff, claim, desk } = await answered();
    write(operator, say('lost on the way'));
    expect(customer.add(write(operator, say('arrives')))).toBe('gap');
    expect(customer.tampered).toBeNull();
    const [second, third] = [staff('次郎'), staff('三郎')];
    claim(second.claimant);
    expect(customer.claim(claim(third.claimant))).toBe('gap');
    expect(customer.add(write(desk(third.access), say('third')))).toBe('gap');
    customer.load(server.forCustomer);
    expect(customer.tampered).toBeNull();
    expect(texts(customer)).toEqual(['How do I print?', 'lost on the way', 'arrives', 'third']);
  });

  it('keeps what came after a snapshot was made', async () => {
    const { customer, operator, write, server } = await answered();
    const old = { claims: [...server.claims], messages: [...server.messages] };
    customer.add(write(operator, say('meanwhile')));
    customer.load(old);
    expect(texts(customer)).toEqual(['How do I print?', 'meanwhile']);
    expect(customer.tampered).toBeNull();
  });
});
