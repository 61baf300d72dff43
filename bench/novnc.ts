/**
 * The other yardstick: noVNC in the operator's browser, TigerVNC's x0vncserver on the same screen, and between them a
 * bridge from WebSocket to TCP that adds nothing. Everything with its own defaults, on loopback.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { WebSocketServer, createWebSocketStream } from 'ws';
import { freePort, until } from '../e2e/support/product';
import { PAGE_HELPERS, ROOT } from './rig';
import { keepInputs } from './watch-inputs';

const FOLDER = join(ROOT, 'node_modules/@novnc/novnc');

/** The fragment carries the WebSocket's address. */
export const NOVNC_PAGE = `<!doctype html><title>noVNC</title><body style="margin:0"><div style="width:860px;height:484px"></div>
<script type="module">
  import RFB from '/novnc/core/rfb.js';
  const rfb = new RFB(document.querySelector('div'), location.hash.slice(1));
  rfb.scaleViewport = true;
  rfb.addEventListener('connect', () => { rfb.focus(); globalThis.connected = true; });
</script>`;

/** noVNC's modules, path on the server → file. */
export async function noVncFiles(): Promise<Record<string, URL>> {
  const files = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  const scripts = files.filter((file) => file.isFile() && file.name.endsWith('.js'));
  return Object.fromEntries(
    scripts.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [`/novnc/${relative(FOLDER, path)}`, pathToFileURL(path)];
    }),
  );
}

interface Stoppable {
  port: number;
  stop: () => Promise<void>;
}

async function startVnc(display: string): Promise<Stoppable> {
  const port = await freePort();
  const args = ['-display', display, '-rfbport', String(port), '-SecurityTypes', 'None', '-localhost'];
  const server = spawn('x0vncserver', args, { stdio: 'ignore' });
  await once(server, 'spawn').catch(() => {
    throw new Error('x0vncserver is missing: on Debian it is in the package tigervnc-scraping-server.');
  });
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  const answers = async () => {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  };
  await until(answers, 'the VNC server to listen').catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port, stop };
}

async function startBridge(to: number): Promise<Stoppable> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    const stream = createWebSocketStream(socket);
    const vnc = connect({ port: to, host: '127.0.0.1', noDelay: true });
    // Either end may go first, when a block is over.
    stream.on('error', () => vnc.destroy());
    vnc.on('error', () => socket.terminate());
    stream.pipe(vnc).pipe(stream);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const client of server.clients) client.terminate();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** Shows the display in a page. @param origin where `NOVNC_PAGE` and its modules are served */
export async function openNoVnc(
  viewing: Browser,
  options: { origin: string; display: string },
): Promise<{ viewer: Page; close: () => Promise<void> }> {
  const vnc = await startVnc(options.display);
  const bridge = await startBridge(vnc.port);
  const context = await viewing.newContext({ viewport: { width: 1280, height: 800 } });
  const close = async () => {
    await context.close();
    await bridge.stop();
    await vnc.stop();
  };
  try {
    await context.addInitScript(PAGE_HELPERS);
    await context.addInitScript(keepInputs);
    const viewer = await context.newPage();
    await viewer.goto(`${options.origin}/vnc#ws://127.0.0.1:${bridge.port}`);
    await viewer.waitForFunction(() => 'connected' in globalThis);
    return { viewer, close };
  } catch (error) {
    await close();
    throw error;
  }
}
