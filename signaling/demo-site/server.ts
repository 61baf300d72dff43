/** `--demo`: the site of a sample company on a port of its own, with button and number box as its own pages have them. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pages, type SiteWish } from './pages';
import { STYLE } from './style';

export interface DemoSiteWish extends SiteWish {
  host: string;
  /** Taken if it is free. */
  port: number;
}

export interface DemoSite {
  url: string;
  stop(): Promise<void>;
}

export async function startDemoSite(wish: DemoSiteWish): Promise<DemoSite> {
  const policy = sitePolicy(wish.origin);
  const known = pages(wish);
  const server = createServer(({ url = '/', method, headers }, response) => {
    const path = url.split('?', 1)[0] ?? '/';
    const answer = (status: number, type: string, text: string, more: Record<string, string> = {}) => {
      const always = { 'content-security-policy': policy, 'cache-control': 'no-store' };
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...always, ...more });
      response.end(text);
    };
    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'text/plain', '405');
    if (path === '/style.css') return answer(200, 'text/css', STYLE);
    if (path === '/') return answer(302, 'text/plain', '', { location: homeOf(headers['accept-language']) });
    const page = known.get(path);
    if (page === undefined) return answer(404, 'text/plain', '404');
    answer(200, 'text/html', page);
  });
  const port = await listen(server, wish);
  return {
    url: `http://${new URL(wish.origin).hostname}:${port}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The visitor's language, as far as a browser's first word says it. */
const homeOf = (accepted = ''): string => (/^ja\b/i.test(accepted) ? '/ja/' : '/en/');

/** The wished port, or any when somebody else has it. */
async function listen(server: Server, { host, port }: DemoSiteWish): Promise<number> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await once(server.listen(0, host), 'listening');
  }
  return (server.address() as AddressInfo).port;
}

/** As a strict site has it: its own style sheet, what the documentation names, and nothing more. */
export const sitePolicy = (origin: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    ...['script-src', 'connect-src', 'frame-src', 'img-src'].map((name) => `${name} ${origin}`),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
