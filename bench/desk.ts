/**
 * The chat desk at work: a thousand conversations at once, fifty operators with twenty each. Every conversation has a
 * message each way every ten seconds; meanwhile pages with the button listen for whether somebody is there. Everything
 * runs on loopback, the two sides in this process, the server in its own.
 */
import { get } from 'node:http';
import type { Product } from '../e2e/support/product';
import { openHouse, type House } from './desk-house';
import { ask, openChat, openDesk, say, type Chat, type Desk } from './desk-load';
import { sized, withRig, type Rig } from './rig';
import { quantile, type Values } from './stats';

const CHATS = sized('BENCH_CHATS', 1000);
const OPERATORS = sized('BENCH_OPERATORS', 50);
const SECONDS = sized('BENCH_SECONDS', 30);
const PAGES = sized('BENCH_PAGES', 50);
const BETWEEN_MESSAGES_MS = 10_000;
const OPENED_AT_ONCE = 20;
const FLIPS = 10;
const SECOND = 1000;

export function run(): Promise<Values> {
  return withRig(async (rig) => {
    const house = await openHouse(rig, OPERATORS);
    const desks: Desk[] = [];
    for (const member of house.members) desks.push(await openDesk(house, member));
    rig.defer(async () => desks.forEach(({ socket }) => socket.disconnect()));

    const began = performance.now();
    const chats = await openAll(rig, house, desks);
    const seconds = (performance.now() - began) / SECOND;
    console.log(`${chats.length} conversations were begun and claimed in ${seconds.toFixed(1)} s`);

    const failed: string[] = [];
    const [messages, presence] = await Promise.all([talk(chats, failed), flip(rig, house, desks)]);
    const megabytes = (await memory(house.product)) / 1024 / 1024;
    if (failed.length > 0) console.log(`failed: ${[...new Set(failed)].join(', ')}`);
    return {
      message_p50_ms: quantile(messages, 0.5),
      message_p99_ms: quantile(messages, 0.99),
      presence_p99_ms: quantile(presence, 0.99),
      server_mb: megabytes,
      messages: messages.length,
      claims_per_s: chats.length / seconds,
      failed: failed.length,
    };
  });
}

async function openAll(rig: Rig, house: House, desks: Desk[]): Promise<Chat[]> {
  const chats: Chat[] = [];
  rig.defer(async () => chats.forEach(({ customer }) => customer.disconnect()));
  let next = 0;
  const openSome = async () => {
    while (next < CHATS) {
      const desk = desks[next++ % desks.length];
      if (desk) chats.push(await openChat(house, desk));
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openSome));
  return chats;
}

/** Each conversation on its own beat, so that they spread over the time. */
async function talk(chats: Chat[], failed: string[]): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + SECONDS * SECOND;
  const one = async (chat: Chat, index: number) => {
    await pause((index / chats.length) * BETWEEN_MESSAGES_MS);
    while (performance.now() < end) {
      const due = performance.now() + BETWEEN_MESSAGES_MS / 2;
      for (const from of ['customer', 'operator'] as const) {
        await say(chat, from).then(
          (ms) => times.push(ms),
          (error: unknown) => failed.push(String(error)),
        );
        await pause(due - performance.now());
      }
    }
  };
  await Promise.all(chats.map(one));
  return times;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** The only operator who takes chats goes and comes; every page with the button must hear of it. */
async function flip(rig: Rig, house: House, desks: Desk[]): Promise<number[]> {
  const [only, ...others] = desks;
  if (!only) throw new Error('no operator');
  for (const { socket } of others) await ask(socket, 'chat:available', { available: false });
  const pages = await Promise.all(Array.from({ length: PAGES }, () => openPage(rig, house)));
  const times: number[] = [];
  for (let round = 0; round < FLIPS; round++) {
    const available = round % 2 === 1;
    const began = performance.now();
    const heard = pages.map((page) =>
      page.until(available).then(() => times.push(performance.now() - began)),
    );
    await ask(only.socket, 'chat:available', { available });
    await Promise.all(heard);
    await pause((SECONDS * SECOND) / FLIPS - (performance.now() - began));
  }
  return times;
}

interface Page {
  /** Resolves when the button shows that. */
  until(online: boolean): Promise<void>;
}

function openPage(rig: Rig, { product, subscriber }: House): Promise<Page> {
  let shown: boolean | undefined;
  let waiting: { online: boolean; done: () => void } | undefined;
  const page: Page = {
    until: (online) =>
      new Promise((resolve) => {
        if (shown === online) resolve();
        else waiting = { online, done: resolve };
      }),
  };
  return new Promise((resolve, reject) => {
    const request = get(`${product.origin}/api/chat/presence?owner=${subscriber}`, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        for (const [, online] of text.matchAll(/"online":(true|false)/g)) shown = online === 'true';
        if (shown === undefined) return;
        resolve(page);
        if (waiting?.online === shown) waiting.done();
      });
    });
    request.on('error', reject);
    rig.defer(async () => {
      request.removeAllListeners('error').on('error', () => undefined);
      request.destroy();
    });
  });
}

async function memory({ origin }: Product): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const value = /^process_resident_memory_bytes (\S+)/m.exec(text)?.[1];
  if (value === undefined) throw new Error('the server has no metric of its memory');
  return Number(value);
}
