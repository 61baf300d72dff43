/** Ten thousand messages from one page, within the limits that the server is delivered with. */
import { expect, it } from 'vitest';
import { ChatSnapshot } from '../../shared/protocol/chat';
import { loadConfig } from '../config';
import { chatHouse, must, opened, speaker, staffMember, textOf } from '../testing/chat';
import { startTestServer } from '../testing/server';
import type { AnyAck } from '../testing/socket';

it('are refused with the time to come back; what was taken is kept, and the chat beside it goes on', async () => {
  const { chatMessages, eventsPerSocket } = loadConfig({}).limits;
  const server = await startTestServer({ limits: { chatMessages, eventsPerSocket } });
  try {
    const house = await chatHouse(server);
    const staff = await staffMember(house);
    const [bad, good] = [await opened(house, staff), await opened(house, staff)];
    const say = speaker(house, bad, bad.key, { from: 'customer' });
    // Sealing as many would take longer than the flood: the same few come again and again.
    const messages = Array.from({ length: 100 }, (_, index) => say(`${index}`));
    const answers: AnyAck[] = [];
    for (let n = 0; n < 10_000; n++) {
      bad.socket.raw.emit('chat:send', messages[n % messages.length], (answer: AnyAck) =>
        answers.push(answer),
      );
    }
    const said = speaker(house, good, good.key, { from: 'customer' })('I only wait.');
    await must(good.socket, 'chat:send', said);
    const answer = speaker(house, good, good.key, { from: 'operator' })('I am here.');
    await must(staff.socket, 'chat:send', answer);
    expect(await good.socket.next('chat:message')).toMatchObject({
      message: { frame: answer.message.frame },
    });
    // A page that was told so often to slow down is shown the door.
    await bad.socket.gone;
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['limited']));
    for (const { retryAt } of refused) expect(retryAt).toBeGreaterThan(server.clock.now());

    const page = await server.customer();
    const { ok, ...snapshot } = await must(page, 'chat:resume', {
      chatId: bad.chatId,
      token: bad.token,
      after: 0,
    });
    const kept = ChatSnapshot.parse(snapshot).messages;
    const taken = new Set(answers.filter(({ ok }) => ok).map(({ seq }) => seq));
    expect(kept.length).toBeGreaterThanOrEqual(taken.size);
    expect(kept.length).toBeLessThanOrEqual(chatMessages);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
    expect(kept.map((message) => textOf(house, bad, bad.key, message))).toEqual(
      kept.map((_, index) => `${index}`),
    );
    expect(ok).toBe(true);
  } finally {
    await server.close();
  }
});
