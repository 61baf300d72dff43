/**
 * What several benchmarks stand on: browsers, screens, the product, and a server for pages of our own. Whatever a rig
 * starts it ends again, also after an error or Ctrl-C.
 */
import { chromium, type Browser } from '@playwright/test';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LAUNCH_ARGS, chromiumPath } from '../e2e/support/chromium';
import { startProduct, type Product } from '../e2e/support/product';
import { startXvfb } from '../e2e/support/xvfb';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface BrowserOptions {
  /** An X display to capture or to show windows on. */
  display?: string;
  headed?: boolean;
  args?: string[];
}

export class Rig {
  readonly #undo: (() => Promise<unknown>)[] = [];

  /** Remembers what must be undone at the end; the newest is undone first. */
  defer(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  async end(): Promise<void> {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) {
      await undo().catch((error: unknown) => console.error(`while cleaning up: ${String(error)}`));
    }
  }

  async product(env: NodeJS.ProcessEnv = {}): Promise<Product> {
    const product = await startProduct({ env });
    this.defer(() => product.stop());
    return product;
  }

  /** @returns the display's name */
  async screen(size: string): Promise<string> {
    const screen = await startXvfb(size);
    this.defer(() => screen.stop());
    return screen.display;
  }

  async browser({ display, headed = false, args = [] }: BrowserOptions = {}): Promise<Browser> {
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      headless: !headed,
      args: [...LAUNCH_ARGS, ...args],
      env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
    });
    this.defer(() => browser.close());
    return browser;
  }

  /**
   * Serves pages of our own on loopback. @param pages path → HTML, or the file of a script
   * @returns their origin
   */
  async pages(pages: Record<string, string | URL>): Promise<string> {
    const server = createServer((request, response) => {
      const page = pages[request.url ?? ''];
      if (page === undefined) {
        response.writeHead(404).end();
        return;
      }
      const type = typeof page === 'string' ? 'text/html; charset=utf-8' : 'text/javascript';
      void (typeof page === 'string' ? Promise.resolve(page) : readFile(page)).then((body) =>
        response.writeHead(200, { 'content-type': type }).end(body),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.defer(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

const standing: Rig[] = [];

async function interrupted(): Promise<void> {
  for (let rig = standing.pop(); rig; rig = standing.pop()) await rig.end();
  process.exit(130);
}

/** Runs with a rig that is taken down whatever happens. Rigs may stand inside each other. */
export async function withRig<T>(run: (rig: Rig) => Promise<T>): Promise<T> {
  if (standing.length === 0) process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const rig = new Rig();
  standing.push(rig);
  try {
    return await run(rig);
  } finally {
    await rig.end();
    standing.splice(standing.indexOf(rig), 1);
    if (standing.length === 0) process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** A whole number from the environment, to make a run smaller or larger. */
export function sized(name: string, standard: number): number {
  const text = process.env[name];
  if (!text) return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1.`);
  return value;
}

/**
 * Functions handed to a page are compiled by tsx, which wraps them in its helper `__name`; this script, added to a
 * context, gives pages that helper.
 */
export const PAGE_HELPERS = 'globalThis.__name ??= (it) => it;';
