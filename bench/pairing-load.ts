/**
 * One load generator, forked by `pairing.ts`: desks that each wait with one issued number, and customers who enter
 * the numbers at a steady rate. Rendezvous and shares are random bytes of the right size; the server cannot tell.
 *
 * One pair: a customer's socket connects a second ahead (the page does so with the first digit) · session:join ·
 * the desk hears session:joined and relays its reply · the customer hears it and ends · the desk issues a new number.
 */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

/** Commands of the parent; each is answered with one `LoadReport`. */
export type LoadCommand =
  | { do: 'wait'; origin: string; cookies: string[]; sockets: number }
  | { do: 'pair'; perSecond: number; seconds: number }
  | { do: 'flood'; atOnce: number; seconds: number };

/** Milliseconds of each pair, from `session:join` sent. */
export interface LoadReport {
  /** … to its acknowledgement. */
  acked: number[];
  /** … to `session:joined` at the desk. */
  notified: number[];
  /** … to the operator's reply at the customer's. */
  replied: number[];
  /** How far this process was behind its own schedule when it sent. */
  late: number[];
  failed: string[];
  /** Share of one processor that this process used. */
  cpu: number;
}

interface Desk {
  socket: Socket;
  rdv: string;
}
type Answer = { ok: true; sessionId: string } | { ok: false; error: string };

const TIMEOUT_MS = 20_000;
const CONNECTS_AT_ONCE = 40;
/** A customer's page connects while the number is being typed. */
const LEAD_MS = 1000;

const random = (bytes: number) => randomBytes(bytes).toString('base64url');
const frame = random(300);

let origin = '';
const waiting: Desk[] = [];
/** Pairs under way, by the customer's share. */
const pairs = new Map<string, { notified: () => void }>();
let report: LoadReport;

function connect(namespace: string, cookie?: string): Promise<Socket> {
  const extraHeaders = { origin, ...(cookie === undefined ? {} : { cookie }) };
  const options = { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders };
  const socket = io(origin + namespace, { ...options, auth: { version: 1 } });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

async function ask(socket: Socket, event: string, message: object): Promise<string> {
  const answer = (await socket.timeout(TIMEOUT_MS).emitWithAck(event, message)) as Answer;
  if (!answer.ok) throw new Error(`${event}: ${answer.error}`);
  return answer.sessionId;
}

async function issue(desk: Desk): Promise<void> {
  desk.rdv = random(16);
  await ask(desk.socket, 'session:open', { rdv: desk.rdv, mode: 'view', ttlMinutes: 60 });
  waiting.push(desk);
}

async function openDesk(cookie: string): Promise<void> {
  const desk: Desk = { socket: await connect('/desk', cookie), rdv: '' };
  desk.socket.on('session:joined', ({ sessionId, share }: { sessionId: string; share: string }) => {
    pairs.get(share)?.notified();
    const envelope = { t: 'reply', share: random(32), tag: random(64), frame };
    void ask(desk.socket, 'session:relay', { sessionId, envelope }).catch(note);
  });
  desk.socket.on('session:ended', () => void issue(desk).catch(note));
  await issue(desk);
}

async function pair(customer: Socket): Promise<void> {
  const desk = waiting.shift();
  if (!desk) throw new Error('no number is left');
  const share = random(32);
  const sent = performance.now();
  pairs.set(share, { notified: () => report.notified.push(performance.now() - sent) });
  const replied = new Promise<void>((resolve) =>
    customer.once('session:relay', () => {
      report.replied.push(performance.now() - sent);
      resolve();
    }),
  );
  const sessionId = await ask(customer, 'session:join', { rdv: desk.rdv, share, path: 'code' });
  report.acked.push(performance.now() - sent);
  await replied;
  await ask(customer, 'session:end', { sessionId, by: 'customer', reason: 'cancelled' });
  pairs.delete(share);
  customer.disconnect();
}

function note(error: unknown): void {
  report.failed.push(error instanceof Error ? error.message : String(error));
}

async function wait(command: Extract<LoadCommand, { do: 'wait' }>): Promise<void> {
  origin = command.origin;
  let next = waiting.length;
  const openSome = async () => {
    while (next < command.sockets) {
      const cookie = command.cookies[next++ % command.cookies.length];
      if (cookie !== undefined) await openDesk(cookie);
    }
  };
  await Promise.all(Array.from({ length: CONNECTS_AT_ONCE }, openSome));
}

/** Open loop: customers come when they come, whether the server keeps up or not. */
async function pairSteadily(perSecond: number, seconds: number): Promise<void> {
  const began = performance.now() + LEAD_MS;
  const count = Math.round(perSecond * seconds);
  const all = Array.from({ length: count }, async (_, index) => {
    const due = began + (index * 1000) / perSecond;
    await at(due - LEAD_MS);
    const customer = await connect('/customer');
    await at(due);
    report.late.push(performance.now() - due);
    await pair(customer);
  });
  await Promise.all(all.map((each) => each.catch(note)));
}

const at = (time: number) => new Promise((resolve) => setTimeout(resolve, time - performance.now()));

/** Closed loop: so many pairs at once, one after the other, as fast as the server answers. */
async function flood(atOnce: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) await pair(await connect('/customer')).catch(note);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function perform(command: LoadCommand): Promise<void> {
  report = { acked: [], notified: [], replied: [], late: [], failed: [], cpu: 0 };
  const began = performance.now();
  const cpu = process.cpuUsage();
  if (command.do === 'wait') await wait(command);
  else if (command.do === 'pair') await pairSteadily(command.perSecond, command.seconds);
  else await flood(command.atOnce, command.seconds);
  const { user, system } = process.cpuUsage(cpu);
  report.cpu = (user + system) / 1000 / (performance.now() - began);
  process.send?.(report);
}

process.on('message', (command: LoadCommand) => {
  perform(command).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
