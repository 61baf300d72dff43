/** What lies on the disk of the server: nothing of what people wrote. Looked for in the bytes of the store itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { utf8 } from '../shared/crypto/bytes';
import { noteKey, sealChat, sealKey } from '../shared/crypto/chat';
import { sealOffline } from '../shared/crypto/offline';
import {
  chatHouse,
  claimOf,
  must,
  question,
  speaker,
  staffMember,
  type ChatHouse,
  type Staff,
} from './testing/chat';
import { CONTENT, leave, offlineMessage } from './testing/offline';
import { startTestServer } from './testing/server';
import { bytes } from './testing/session';

/** Words that occur nowhere else, one for each thing that somebody writes. */
const word = (what: string): string => `secret ${what} ひみつ ${bytes(9)}`;
const WRITTEN = {
  question: word('question'),
  customer: word('customer'),
  operator: word('operator'),
  later: word('later'),
  note: word('note'),
  comment: word('comment'),
  offline: word('offline'),
  subject: word('subject'),
};

let house: ChatHouse;
let olga: Staff;
beforeAll(async () => {
  house = await chatHouse(await startTestServer());
  olga = await staffMember(house, 'olga');
});
afterAll(() => house.server.close());

/** Everything in the data folder, the log of the database included. */
const disk = (): Buffer =>
  Buffer.concat(
    readdirSync(house.server.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  );

/** A text as it could stand in a file without being sealed. In base64 the neighbours decide the first and last letters. */
function traces(text: string): Buffer[] {
  const plain = Buffer.from(text);
  const encoded = [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), plain]);
    return [bytes.toString('base64'), bytes.toString('base64url')].map((each) => each.slice(4, -4));
  });
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = escaped.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    plain,
    Buffer.from(text, 'utf16le'),
    ...[...encoded, plain.toString('hex'), escaped, ascii].map((each) => Buffer.from(each)),
  ];
}
const isOnDisk = (text: string, files = disk()): boolean =>
  traces(text).some((trace) => files.includes(trace));

it('keeps questions, messages, notes, comments and offline messages only as boxes', async () => {
  const { sodium, server, vault } = house;
  const asked = question(house, WRITTEN.question);
  const page = await server.customer();
  const { chatId } = await must(page, 'chat:start', asked.message);
  const chat = { keys: asked.keys, chatId: String(chatId) };
  const { claim, key } = claimOf(house, olga, asked.keys.visitorKey);
  await must(olga.socket, 'chat:claim', { chatId, claim });
  await must(page, 'chat:send', speaker(house, chat, key, { from: 'customer' })(WRITTEN.customer));
  await must(olga.socket, 'chat:send', speaker(house, chat, key, { from: 'operator' })(WRITTEN.operator));
  const notes = noteKey(sodium, olga.device.access, asked.keys.visitorKey);
  const head = { epoch: 1, from: 'note' as const, sender: bytes(8), n: 0 };
  const message = sealChat(sodium, notes, asked.keys.visitorKey, head, { t: 'text', text: WRITTEN.note });
  await must(olga.socket, 'chat:send', { chatId, message });
  await must(olga.socket, 'chat:transfer', { chatId, to: null });
  const second = claimOf(house, olga, asked.keys.visitorKey, 2);
  await must(olga.socket, 'chat:claim', { chatId, claim: second.claim });
  const later = speaker(house, chat, second.key, { from: 'customer', epoch: 2 })(WRITTEN.later);
  await must(page, 'chat:send', later);
  await must(page, 'chat:end', { chatId });
  const comment = sealKey(sodium, utf8(JSON.stringify(WRITTEN.comment)), vault.publicKey);
  await must(page, 'chat:rate', { chatId, stars: 2, comment });
  const content = { ...CONTENT, subject: WRITTEN.subject, text: WRITTEN.offline };
  const box = sealOffline(sodium, content, vault.publicKey);
  const left = await leave(server, await offlineMessage(server, vault.publicKey, { box }));
  expect(left.status).toBeLessThan(300);

  const files = disk();
  // The search finds what is there: names are no secret, and the boxes themselves lie there.
  expect(isOnDisk('olga', files)).toBe(true);
  for (const sealed of [asked.message.question.frame, message.frame, later.message.frame, comment, box]) {
    expect(files.includes(sealed)).toBe(true);
  }
  expect(Object.values(WRITTEN).filter((text) => isOnDisk(text, files))).toEqual([]);
  expect(
    [key, second.key, asked.keys.questionKey].filter((each) => files.includes(Buffer.from(each))),
  ).toEqual([]);
});

it('would notice if a text were kept as it is, in whatever form', async () => {
  const [plain, encoded] = [`${bytes(9)} found`, `${bytes(9)} found 見つけた`];
  const { db } = house.server;
  const address = Buffer.from(`xx${encoded}yy`).toString('base64url');
  await db
    .updateTable('chats')
    .set({ address: `${plain} ${address}` })
    .execute();
  expect([isOnDisk(plain), isOnDisk(encoded)]).toEqual([true, true]);
});
