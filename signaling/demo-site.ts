/** `--demo`: the site of a sample company on a port of its own, with button and number box as its own pages have them. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface DemoSiteWish {
  /** Origin of the server whose button it shows. */
  origin: string;
  /** 加入コード, and the tenant's identity key to pin. */
  owner: string;
  key: string;
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
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/';
    const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
    const known = page !== undefined && (request.method === 'GET' || request.method === 'HEAD');
    response.writeHead(known ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    });
    response.end(known ? page(wish) : '<!doctype html><title>404</title>404');
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

/** As a strict site has it: what the documentation names, and nothing more. */
export const sitePolicy = (origin: string): string =>
  [
    "default-src 'none'",
    ...['script-src', 'connect-src', 'frame-src', 'img-src'].map((name) => `${name} ${origin}`),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

type Page = (wish: DemoSiteWish) => string;

const PAGES: Record<string, Page> = {
  '/': (wish) =>
    frame(
      wish,
      'Sample Company',
      `<p>This page belongs to a company, not to Tasuki: it stands on another origin and carries only the button’s HTML.
Sign in at the operator’s desk, make yourself available, and the button goes online.</p>
<p lang="ja">架空の会社のページです。オペレータ画面で「受付中」にすると、ボタンがオンラインになります。</p>
<p><a href="/products">Products</a> – the conversation goes on there.</p>`,
    ),
  '/products': (wish) =>
    frame(
      wish,
      'Products',
      `<p>Did the operator tell you a number?</p>
<!-- Begin Tasuki session assignment -->
<iframe src="${wish.origin}/embed/code?owner=${wish.owner}&amp;lang=en" title="Session number" width="360" height="420" frameborder="0" allow="display-capture; clipboard-write; fullscreen"></iframe>
<!-- End Tasuki session assignment -->
<p><a href="/">Start page</a></p>`,
    ),
};

const frame = ({ origin, owner, key }: DemoSiteWish, title: string, body: string): string =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<h1>${title}</h1>
${body}
<!-- Begin Tasuki chat button -->
<script async src="${origin}/chat.js" data-owner="${owner}" data-key="${key}"></script>
<!-- End Tasuki chat button -->
</html>
`;
