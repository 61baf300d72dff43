/** Every screen is a chunk of its own, with its catalogs; both are fetched at the same time. */
import { createRouter, type Routes } from 'sv-router';
import { texts, type Namespace } from '../i18n/index.svelte';

const customer = () => import('../views/customer/Customer.svelte');
const desk = () => import('../views/desk/DeskPage.svelte');
const admin = () => import('../views/admin/AdminPage.svelte');
const operators = () => import('../views/admin/Operators.svelte');
const sessions = () => import('../views/admin/Sessions.svelte');
const devices = () => import('../views/admin/devices/Devices.svelte');
const chats = () => import('../views/admin/chats/Chats.svelte');
const replies = () => import('../views/admin/chats/Replies.svelte');
const log = () => import('../views/admin/Log.svelte');
const mail = () => import('../views/admin/mail/Mail.svelte');
const embed = () => import('../views/admin/embed/Embed.svelte');
const appearance = () => import('../views/admin/appearance/Appearance.svelte');
const hours = () => import('../views/admin/hours/Hours.svelte');
const numberBox = () => import('../views/embed/NumberBox.svelte');
const chat = () => import('../views/chat/ChatPage.svelte');
const setup = () => import('../views/setup/Setup.svelte');
const notFound = () => import('./NotFound.svelte');

interface View {
  module: () => Promise<unknown>;
  texts: Namespace[];
}

const VIEWS: Record<string, View> = {
  '': { module: customer, texts: ['customer'] },
  c: { module: customer, texts: ['customer'] },
  desk: { module: desk, texts: ['signin', 'desk', 'live', 'helper', 'mail', 'deskchat', 'deskrequest'] },
  embed: { module: numberBox, texts: ['customer', 'numberbox'] },
  web: { module: numberBox, texts: ['customer', 'numberbox'] },
  admin: {
    module: admin,
    texts: ['signin', 'admin', 'embed', 'appearance', 'hours', 'mail', 'devices', 'deskchat'],
  },
  chat: { module: chat, texts: ['chat'] },
  setup: { module: setup, texts: ['setup'] },
};

/** Fetches what a path needs; its texts are there when the promise resolves. */
export async function startView(pathname: string): Promise<void> {
  const view = VIEWS[pathname.split('/')[1] ?? ''];
  if (!view) return;
  void view.module().catch(() => undefined);
  await texts.load(...view.texts);
}

const routes = {
  '/': customer,
  '/c/:subscriber': customer,
  '/desk': desk,
  '/admin': {
    '/': operators,
    '/operators': operators,
    '/sessions': sessions,
    '/devices': devices,
    '/mail': mail,
    '/chats': chats,
    '/replies': replies,
    '/embed': embed,
    '/appearance': appearance,
    '/hours': hours,
    '/log': log,
    layout: admin,
  },
  '/embed/code': numberBox,
  // As blocks that were pasted long ago name it (T-RS-3).
  '/web/customer/newsession.asp': numberBox,
  '/chat': chat,
  '/setup': setup,
  '*notFound': notFound,
  hooks: { beforeLoad: ({ pathname }: { pathname: string }) => startView(pathname) },
} satisfies Routes;

export const { navigate, route, isActive } = createRouter(routes);
