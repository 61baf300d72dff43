/**
 * A lying server, played between the customer's browser and the real one: it changes what is relayed. Each attack is
 * noticed, ends the session on both sides and is explained. The same attacks against the pure protocol stand in
 * shared/crypto/relay.test.ts.
 */
import type { Page } from '@playwright/test';
import { Customer, Operator } from './support/people';
import { expect, test } from './support/story';

type Envelope = { t: string; frame?: string; share?: string; tag?: string; epoch?: string };
/** Gets every relayed envelope to (`down`) or from (`up`) the customer; returns what goes on instead. */
type Attack = (envelope: Envelope, direction: 'up' | 'down') => Envelope[];

const flip = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

const FOUND_OUT = /changed the messages on their way|message was changed, dropped or repeated/;

/** Applies an attack to the Socket.IO messages of one page. */
async function lie(page: Page, attack: Attack): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (client) => {
    const server = client.connectToServer();
    const pass = (direction: 'up' | 'down', raw: string | Buffer, send: (text: string) => void) => {
      const text = raw.toString();
      const start = text.indexOf('["session:relay"');
      if (start < 0) {
        send(text);
        return;
      }
      const [name, message] = JSON.parse(text.slice(start)) as [
        string,
        { sessionId: string; envelope: Envelope },
      ];
      for (const envelope of attack(message.envelope, direction)) {
        send(text.slice(0, start) + JSON.stringify([name, { ...message, envelope }]));
      }
    };
    client.onMessage((raw) => pass('up', raw, (text) => server.send(text)));
    server.onMessage((raw) => pass('down', raw, (text) => client.send(text)));
  });
}

/** Counts sealed frames in one direction, so that an attack can pick one. */
function nth(direction: 'up' | 'down', index: number, act: (envelope: Envelope) => Envelope[]): Attack {
  let seen = 0;
  return (envelope, way) => {
    if (way !== direction || envelope.t !== 'sealed') return [envelope];
    return seen++ === index ? act(envelope) : [envelope];
  };
}

function reorder(): Attack {
  let held: Envelope | undefined;
  return (envelope, way) => {
    if (way !== 'up' || envelope.t !== 'sealed') return [envelope];
    if (held) {
      const first = held;
      held = undefined;
      return [envelope, first];
    }
    held = envelope;
    return [];
  };
}

const ATTACKS: Record<string, Attack> = {
  'swaps the operator’s PAKE share': (envelope) =>
    envelope.t === 'reply' ? [{ ...envelope, share: flip(envelope.share ?? '', 5) }] : [envelope],
  'swaps the customer’s confirmation': (envelope) =>
    envelope.t === 'confirm' ? [{ ...envelope, tag: flip(envelope.tag ?? '', 5) }] : [envelope],
  'changes a byte of a sealed signal': nth('up', 2, (envelope) => [
    { ...envelope, frame: flip(envelope.frame ?? '', 60) },
  ]),
  'replays a frame': nth('up', 1, (envelope) => [envelope, envelope]),
  'reorders frames': reorder(),
  'drops a frame': nth('up', 1, () => []),
  'truncates a frame': nth('up', 1, (envelope) => [
    { ...envelope, frame: (envelope.frame ?? '').slice(0, 40) },
  ]),
};

for (const [name, attack] of Object.entries(ATTACKS)) {
  test(`a server that ${name} is found out`, async ({ browser, sharing, product }) => {
    const operator = await Operator.arrive(browser, product, 'en');
    const customer = await Customer.arrive(sharing, product, 'en');
    await lie(customer.page, attack);
    await customer.page.reload();
    await customer.enter(await operator.issue('view'));
    await customer.allow.or(customer.page.getByText(FOUND_OUT)).first().waitFor();
    // It may be found out before it can be pressed.
    const pressed = customer.allow.click().catch(() => undefined);
    const foundOut = customer.page.getByText(FOUND_OUT).first();
    await Promise.race([pressed, foundOut.waitFor()]);
    for (const page of [operator.page, customer.page]) {
      await expect(page.getByText(FOUND_OUT).first()).toBeVisible();
    }
    await expect(operator.screen).toBeHidden();
    await customer.leave();
    await operator.leave();
  });
}
