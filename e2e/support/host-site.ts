/** A company's own site, on an origin of its own, with a policy that allows what the documentation names and no more. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostSite {
  origin: string;
  stop: () => Promise<void>;
}

/** @param pages path → body of the page */
export async function startHostSite(support: string, pages: Record<string, string>): Promise<HostSite> {
  const policy = (path: string) => {
    // The number box needs its frame, and nothing else.
    const names = path.startsWith('/box')
      ? ['frame-src']
      : ['script-src', 'connect-src', 'frame-src', 'img-src'];
    const sources = names.map((name) => `${name} ${support}`);
    return ["default-src 'none'", "style-src 'none'", ...sources, "require-trusted-types-for 'script'"];
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const body = pages[pathname];
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(pathname).join('; '),
    });
    response.end(
      `<!doctype html><html lang="en"><title>Sample shop</title><h1>Sample shop</h1>${body ?? ''}`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
