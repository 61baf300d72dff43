/** What the server gets to see: every byte of a whole session is recorded in front of it and searched. */
import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { RED, paintScreen, showsColour } from './support/pixels';
import { Customer, Operator } from './support/people';
import { freePort, startProduct } from './support/product';
import { expect, test } from './support/story';

/** A TCP forwarder that keeps what clients send. */
async function recorder(port: number, target: number) {
  const received: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const chunks: Buffer[] = [];
    received.push(chunks);
    const upstream = connect(target, '127.0.0.1');
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** Raw bytes, and WebSocket frames unmasked. */
    text: () => received.map((chunks) => readable(Buffer.concat(chunks))).join('\n'),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** HTTP stays as it is; what follows a WebSocket upgrade is unmasked (RFC 6455 §5.3) and inflated when compressed. */
function readable(bytes: Buffer): string {
  const head = bytes.indexOf('\r\n\r\n');
  const start = bytes.subarray(0, Math.max(head, 0)).toString('latin1');
  if (!/upgrade: websocket/i.test(start)) return bytes.toString('latin1');
  let text = `${start}\n`;
  let at = head + 4;
  while (at + 6 <= bytes.length) {
    const compressed = ((bytes[at] ?? 0) & 0x40) !== 0;
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    const mask = bytes.subarray(at, at + 4);
    at += 4;
    const body = Buffer.from(
      bytes.subarray(at, at + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
    );
    at += length;
    text += `${(compressed ? inflateRawSync(body, { finishFlush: 2 }) : body).toString('utf8')}\n`;
  }
  return text;
}

test('neither the number nor any plain text reaches the server', async ({ browser, sharing }) => {
  const outside = await freePort();
  const product = await startProduct({
    env: { TASUKI_ORIGIN: `http://127.0.0.1:${outside}` },
  });
  const line = await recorder(outside, Number(new URL(product.origin).port));
  const seen = { ...product, origin: `http://127.0.0.1:${outside}` };
  const operator = await Operator.arrive(browser, seen, 'en');
  const customer = await Customer.arrive(sharing, seen, 'en');
  const code = await operator.issue('view');
  await customer.enter(code);
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);
  await expect.poll(() => line.text()).toContain('session:connected');
  await customer.cancel.click();
  await expect(operator.screen).toBeHidden();

  const text = line.text();
  // The recording is complete: what the server is meant to see is there.
  expect(text).toContain('session:open');
  expect(text).toContain('session:join');
  expect(text).toContain('"t":"sealed"');
  const grouped = `${code.slice(0, 4)} ${code.slice(4)}`;
  const traces = [
    code,
    grouped,
    code.slice(0, 4) + '-' + code.slice(4),
    Buffer.from(code).toString('base64'),
  ];
  for (const hash of ['sha1', 'sha256', 'md5']) traces.push(createHash(hash).update(code).digest('hex'));
  for (const trace of traces) expect(text.includes(trace), trace).toBe(false);
  for (const plain of [
    'v=0',
    'a=fingerprint',
    'ice-ufrag',
    'candidate:',
    '"ask"',
    '"state"',
    '"signal"',
    '"card"',
  ]) {
    expect(text.includes(plain), plain).toBe(false);
  }
  await customer.leave();
  await operator.leave();
  line.close();
  await product.stop();
});
