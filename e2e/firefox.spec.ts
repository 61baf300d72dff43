/** A second engine: Debian's Firefox as the customer, driven through WebDriver BiDi. */
import { accessSync } from 'node:fs';
import puppeteer, { type Browser as Firefox, type Frame, type Page } from 'puppeteer-core';
import { accept, CHAT, chatOperator, requestSession, startDemo } from './support/chat';
import { BLUE, GREEN, RED, close, paintScreen, type Colour } from './support/pixels';
import { NAMES, Operator } from './support/people';
import { until } from './support/product';
import { expect, test } from './support/story';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

let firefox: Firefox;

test.beforeAll(async () => {
  accessSync(EXECUTABLE);
  firefox = await puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, headless: true });
});
test.afterAll(() => firefox.close());

const press = (page: Page | Frame, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

async function enter(page: Page, origin: string, code: string): Promise<void> {
  await page.goto(`${origin}/?lang=en`);
  await page.locator('input[inputmode="numeric"]').fill(code);
  await press(page, NAMES.en.connect);
}

function pixel(page: Page | Frame): Promise<Colour> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    if (!video || video.videoWidth === 0) throw new Error('no picture yet');
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0);
    const [red = 0, green = 0, blue = 0] =
      context?.getImageData(canvas.width * 0.3, canvas.height * 0.3, 1, 1).data ?? [];
    return [red, green, blue] as const;
  });
}

const shows = (page: Page | Frame, colour: Colour) =>
  until(async () => close(await pixel(page), colour), `the colour ${colour.join()} in Firefox`);

test('Firefox as the customer in show sees the operator’s screen', async ({ sharing, product }) => {
  const operator = await Operator.arrive(sharing, product, 'en');
  const page = await firefox.newPage();
  await enter(page, product.origin, await operator.issue('show'));
  await paintScreen(BLUE);
  await press(page, NAMES.en.allow);
  await shows(page, BLUE);
  await paintScreen(RED);
  await shows(page, RED);
  await paintScreen(GREEN);
  await shows(page, GREEN);
  await press(page, NAMES.en.cancel);
  await expect(operator.page.getByText(/ended|cancelled/i).first()).toBeVisible();
  await page.close();
  await operator.leave();
});

test('Firefox as the page for a number: a wrong one is explained', async ({ product }) => {
  const page = await firefox.newPage();
  await enter(page, product.origin, '00000000');
  await until(
    async () => (await page.$eval('[role="alert"]', (alert) => alert.textContent.trim().length)) > 10,
    'the explanation',
  );
  await page.close();
});

test('Firefox as the visitor: the chat on a company’s page, and the operator’s screen in it', async ({
  sharing,
}) => {
  const demo = await startDemo();
  const desk = await chatOperator(sharing, demo);
  const page = await firefox.newPage();
  await page.goto(demo.site);
  await page.locator('tasuki-button >>> button').click();
  const frame = await (await page.waitForSelector('tasuki-chat >>> iframe'))?.contentFrame();
  if (!frame) throw new Error('no chat window');
  await frame.locator('input').fill('Vera Visitor');
  await frame.locator('textarea').fill('It does not print.');
  await press(frame, CHAT.en.start);
  await frame.waitForSelector('[role="log"]');
  await accept(desk);
  await requestSession(desk, 'Show');
  await paintScreen(BLUE);
  await press(frame, NAMES.en.allow);
  await shows(frame, BLUE);
  await frame.locator('textarea').fill('I see it.');
  await press(frame, CHAT.en.send);
  await expect(desk.getByText('I see it.').first()).toBeVisible();
  await press(frame, NAMES.en.cancel);
  await expect(desk.getByText(/ended|cancelled/i).first()).toBeVisible();
  await page.close();
  await desk.context().close();
  await demo.stop();
});
