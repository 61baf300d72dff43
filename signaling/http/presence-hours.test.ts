/** The business hours rule the button of a company whose operator sits there all night. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DateTime } from 'luxon';
import type { ButtonState, ChatSettings } from '../../shared/protocol/embed';
import { SECOND } from '../clock';
import { DEFAULT_CHAT_SETTINGS } from '../store/chat-settings';
import { chatHouse, staffMember, type ChatHouse } from '../testing/chat';
import { startTestServer } from '../testing/server';

const ZONE = 'Asia/Tokyo';
const MINUTE = 60 * SECOND;
/** A desk that says nothing for half a minute is away. */
const STEP = 20 * SECOND;

let house: ChatHouse;
let opening: DateTime;
beforeAll(async () => {
  const server = await startTestServer();
  house = await chatHouse(server);
  // One o'clock in the night to Monday in Tokyo: Sunday afternoon in UTC.
  const monday = DateTime.fromMillis(server.clock.now(), { zone: ZONE }).plus({ weeks: 1 }).startOf('week');
  opening = monday.plus({ hours: 1 });
  await server.clock.advance(opening.toMillis() - 2 * MINUTE - server.clock.now());
  await staffMember(house);
});
afterAll(() => house.server.close());

/** What the presence stream says next. */
async function listen() {
  const abort = new AbortController();
  const address = `${house.server.url}/api/chat/presence?owner=${house.subscriber}`;
  const { body } = await fetch(address, { signal: abort.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<boolean> {
      for (;;) {
        const found = /^data: (.*)\n\n/m.exec(text);
        if (found) {
          text = text.slice(found.index + found[0].length);
          return (JSON.parse(found[1] ?? '') as ButtonState).online;
        }
        const { value, done } = reader ? await reader.read() : { value: undefined, done: true };
        if (done) throw new Error('the stream has ended');
        text += value ?? '';
      }
    },
    close: () => abort.abort(),
  };
}

it('is online from the beginning of the hours to their end, by the clock of the company’s own zone', async () => {
  const { server, subscriber } = house;
  const stream = await listen();
  expect(await stream.next()).toBe(true);

  const week: ChatSettings['hours']['week'] = [[], [{ from: 60, to: 62 }], [], [], [], [], []];
  const body = { ...DEFAULT_CHAT_SETTINGS, hours: { zone: ZONE, week } };
  const cookie = await server.login('administrator');
  expect((await server.request('PUT', '/api/admin/chat', { body, cookie })).status).toBe(200);
  expect(await stream.next()).toBe(false);

  const card = async () => (await server.request('GET', `/api/chat/card?owner=${subscriber}`)).body;
  /** Goes on until the wall clock says so; the stream says nothing on the way, or the next word is not the awaited one. */
  const walk = async (until: number) => {
    while (server.clock.now() < until) await server.clock.advance(Math.min(STEP, until - server.clock.now()));
  };
  await walk(opening.toMillis() - SECOND);
  expect(await card()).toMatchObject({ online: false, opensAt: opening.toMillis() });
  await server.clock.advance(SECOND);
  expect(await stream.next()).toBe(true);
  await walk(opening.toMillis() + 2 * MINUTE - SECOND);
  expect(await card()).toMatchObject({ online: true, opensAt: null });
  await server.clock.advance(SECOND);
  expect(await stream.next()).toBe(false);
  expect(await card()).toMatchObject({ online: false, opensAt: opening.plus({ weeks: 1 }).toMillis() });
  stream.close();
});
