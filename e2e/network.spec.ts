/** Networks as customers have them: behind a relay, without UDP, and gone for a while. */
import { BLUE, GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { openNamespace } from './support/namespace';
import { Customer, Operator } from './support/people';
import { startProduct } from './support/product';
import { startTurn } from './support/turn';
import { expect, sharingBrowser, test } from './support/story';

const CAPTURE = '--auto-select-desktop-capture-source=Entire screen';
/** Namespaces cannot resolve each other's mDNS names. */
const PLAIN_CANDIDATES = '--disable-features=WebRtcHideLocalIpsWithMdns';

for (const transport of ['udp', 'tcp'] as const) {
  test(`relay only, TURN over ${transport}`, async ({ browser, sharing }) => {
    const turn = await startTurn();
    const product = await startProduct({
      env: {
        TASUKI_TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=${transport}`,
        TASUKI_TURN_SECRET: turn.secret,
        TASUKI_ICE_POLICY: 'relay',
      },
    });
    const operator = await Operator.arrive(browser, product, 'en');
    const customer = await Customer.arrive(sharing, product, 'en');
    await customer.enter(await operator.issue('view'));
    await paintScreen(RED);
    await customer.allow.click();
    await showsColour(operator.screen, RED);
    await expect.poll(() => operator.lastSession()).toMatchObject({ route: 'relayed', protocol: transport });
    await customer.leave();
    await operator.leave();
    await product.stop();
    await turn.stop();
  });
}

test('UDP blocked on the customer’s network: TURN over TCP carries the picture', async ({ browser }) => {
  const product = await startProduct();
  const port = Number(new URL(product.origin).port);
  const namespace = await openNamespace(port);
  const turn = await startTurn(namespace.hostAddress);
  await product.crash();
  await product.start({
    TASUKI_TURN_URLS: ['udp', 'tcp']
      .map((transport) => `turn:${namespace.hostAddress}:${turn.port}?transport=${transport}`)
      .join(','),
    TASUKI_TURN_SECRET: turn.secret,
  });
  namespace.blockUdp();
  const sharing = await namespace.browser(CAPTURE, PLAIN_CANDIDATES);
  const operator = await Operator.arrive(browser, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(GREEN);
  await customer.allow.click();
  await showsColour(operator.screen, GREEN);
  await expect.poll(() => operator.lastSession()).toMatchObject({ route: 'relayed' });
  await sharing.close();
  await operator.leave();
  await namespace.close();
  await turn.stop();
  await product.stop();
});

test('the customer’s network drops for 20 s: the session comes back by itself', async () => {
  const product = await startProduct();
  const namespace = await openNamespace(Number(new URL(product.origin).port));
  const sharing = await namespace.browser(CAPTURE, PLAIN_CANDIDATES);
  const watching = await sharingBrowser(PLAIN_CANDIDATES);
  const operator = await Operator.arrive(watching, product, 'en');
  const customer = await Customer.arrive(sharing, product, 'en');
  await customer.enter(await operator.issue('view'));
  await paintScreen(RED);
  await customer.allow.click();
  await showsColour(operator.screen, RED);

  namespace.cut();
  const cutAt = Date.now();
  await expect(operator.page.getByText(/interrupted/i).first()).toBeVisible();
  await expect(customer.page.getByText(/interrupted/i).first()).toBeVisible();
  await paintScreen(BLUE);
  // The outage itself is the subject, so its length is real time.
  await expect.poll(() => Date.now() - cutAt, { timeout: 30_000, intervals: [250] }).toBeGreaterThan(20_000);
  namespace.mend();
  const mendedAt = Date.now();
  await showsColour(operator.screen, BLUE);
  test.info().annotations.push({ type: 'back after', description: `${Date.now() - mendedAt} ms` });
  await expect(customer.connected).toBeVisible();

  await customer.cancel.click();
  await expect(operator.screen).toBeHidden();
  await sharing.close();
  await watching.close();
  await namespace.close();
  await product.stop();
});
