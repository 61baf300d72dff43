/** The administrator's pages about the chat on other sites: HTML, pictures, hours, sites. */
import {
  expect,
  test,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from '@playwright/test';
import { accessible } from './support/a11y';
import { CHAT, chatOperator, startDemo, type Demo } from './support/chat';

const LEAVE = 'Chat with us – Leave a message';
let demo: Demo;
let owner: string;

test.beforeAll(async ({ request }) => {
  demo = await startDemo();
  owner = /data-owner="(\w+)"/.exec(await (await request.get(demo.site)).text())?.[1] ?? '';
});
test.afterAll(() => demo.stop());

async function administrator(context: BrowserContext, { origin, administrator }: Demo): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/admin?lang=en`);
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill(administrator.id);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByText(owner)).toBeVisible();
  return page;
}

test('embed: the administrator copies the HTML, adds pictures, names the sites', async ({ browser }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const admin = await administrator(context, demo);
  await admin.getByRole('link', { name: 'Embedding' }).click();
  const preview = admin.frameLocator('iframe[title="Preview"]');
  await expect(preview.getByRole('button', { name: LEAVE })).toBeVisible();
  await copiesEach(admin);
  await showsLinks(admin, preview);
  await accessible(admin, 'embedding');
  await showsBox(admin, preview);

  await admin.getByRole('link', { name: 'Appearance' }).click();
  const banner = admin.getByRole('region', { name: 'Custom banner' });
  const picture = (width: number, height: number) => ({
    name: 'banner.gif',
    mimeType: 'image/gif',
    buffer: gif(width, height),
  });
  await banner.getByLabel('Banner image').setInputFiles(picture(400, 60));
  await banner.getByRole('button', { name: 'Save' }).click();
  await expect(banner.getByRole('alert')).toContainText('exactly 468 × 60 pixels; this one is 400 × 60');
  await banner.getByLabel('Banner image').setInputFiles(picture(468, 60));
  await banner.getByRole('button', { name: 'Save' }).click();
  await expect(banner.getByAltText('Present banner')).toBeVisible();
  const logo = admin.getByRole('region', { name: 'Custom logo' });
  await logo.getByLabel('Logo image').setInputFiles({ ...picture(122, 132), name: 'logo.gif' });
  await logo.getByRole('button', { name: 'Save' }).click();
  await expect(logo.getByAltText('Present logo')).toBeVisible();
  const sets = admin.getByRole('region', { name: 'Custom buttons' });
  await sets.getByLabel('Name of the button set').fill('shop');
  await sets.getByLabel('Upload instead: Online button').setInputFiles(picture(120, 40));
  // This name says that no messages are wanted (RS-32).
  await sets
    .getByLabel('Upload instead: Offline button')
    .setInputFiles({ ...picture(90, 30), name: 'disabled.gif' });
  await expect(sets.getByLabel('Offline button', { exact: true })).toHaveValue(/^\/pictures\//);
  await sets.getByRole('button', { name: 'Send' }).click();
  await expect(sets.getByRole('listitem')).toContainText('shop');
  await expect(sets.getByRole('listitem')).toContainText('no offline messages are taken');
  await accessible(admin, 'appearance');

  await admin.getByRole('link', { name: 'Business hours' }).click();
  await admin.getByRole('radio', { name: 'By the days of the week' }).check();
  await expect(admin.getByLabel('Monday: from')).toHaveValue('09:00');
  await accessible(admin, 'hours');
  await admin.getByRole('radio', { name: 'Always open' }).check();
  await admin.getByRole('button', { name: 'Save' }).click();

  await admin.getByRole('link', { name: 'Embedding' }).click();
  await followsOptions(admin, preview);
  const sites = admin.getByLabel('Addresses of your sites, one a line');
  await sites.fill('https://www.example.com/shop');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(sites).toHaveValue('https://www.example.com');
  const page = await context.newPage();
  // What the server answers, the browser keeps from the page.
  const refused = page.waitForEvent('requestfailed', (request) =>
    request.url().includes('/api/chat/presence'),
  );
  await page.goto(demo.site);
  await refused;
  const button = page.getByRole('button', { name: LEAVE, exact: true });
  await expect(button).toBeHidden();
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
  }, `${demo.origin}/embed/code?owner=${owner}&lang=en`);
  const { origin } = new URL(demo.site);
  await expect(page.frameLocator('iframe').getByText('The company has not allowed this site')).toContainText(
    origin,
  );
  await sites.fill('');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('The list of sites was saved.').first()).toBeAttached();
  await page.reload();
  await expect(button).toBeVisible();
  await page.evaluate(
    ([src = '', owner = '']) => {
      const script = Object.assign(document.createElement('script'), { src, async: true });
      Object.assign(script.dataset, { owner, lang: 'en', button: 'shop' });
      document.body.append(script);
    },
    [`${demo.origin}/chat.js`, owner],
  );
  const shop = page
    .getByRole('button', { name: 'Chat with us', exact: true })
    .filter({ has: page.locator('img') });
  await expect.poll(() => widthOf(shop.locator('img'))).toBe(90);
  // Whoever presses all the same is told that no message can be left, under the company's own pictures.
  await shop.click();
  const chat = page.frameLocator('tasuki-chat iframe');
  await expect(chat.getByRole('heading', { name: 'Nobody is here at the moment' })).toBeVisible();
  await expect(chat.getByRole('textbox')).toHaveCount(0);
  await expect.poll(() => widthOf(chat.locator('img[width="468"]'))).toBe(468);
  await expect.poll(() => widthOf(chat.locator('img[width="122"]'))).toBe(122);
  const desk = await chatOperator(browser, demo);
  await expect.poll(() => widthOf(shop.locator('img')), { timeout: 3000 }).toBe(120);
  await expect(chat.getByRole('textbox', { name: CHAT.en.name, exact: true })).toBeVisible();
  await desk.context().close();
  await context.close();
});

/** Of a picture as it arrived, which is not the room that was kept for it. */
const widthOf = (image: Locator): Promise<number> =>
  image.evaluate((element: HTMLImageElement) => element.naturalWidth);

const snippetIn = (admin: Page, title: string): Promise<string> =>
  admin.getByRole('region', { name: title, exact: true }).locator('code').innerText();
const show = (admin: Page, title: string) => admin.getByRole('radio', { name: title, exact: true }).check();

/** Each piece of HTML comes into the clipboard as it is shown. */
async function copiesEach(admin: Page): Promise<void> {
  const titles = {
    'Chat button': `data-owner="${owner}"`,
    'Number box': '<iframe ',
    'Link to the chat': `${demo.origin}/chat?`,
    'Link to the helper': '#helper',
    'For sites with a content security policy': `frame-src ${demo.origin};`,
  };
  for (const [title, part] of Object.entries(titles)) {
    const region = admin.getByRole('region', { name: title, exact: true });
    await region.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(region.getByRole('button', { name: 'Copied' })).toBeVisible();
    const text = await admin.evaluate(() => navigator.clipboard.readText());
    expect(text).toBe(await snippetIn(admin, title));
    expect(text).toContain(part);
  }
  // A mail takes no HTML.
  const link = admin.getByRole('region', { name: 'Link to the chat', exact: true });
  await link.getByRole('button', { name: 'Address only' }).click();
  const copied = () => admin.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(new RegExp(`^${demo.origin}/chat\\?owner=${owner}&lang=en&key=[\\w-]+$`));
}

/** The links lead where they will on the company's page. */
async function showsLinks(admin: Page, preview: FrameLocator): Promise<void> {
  const follow = async (title: string, name: string): Promise<Page> => {
    await show(admin, title);
    const link = preview.getByRole('link', { name, exact: true });
    expect(await snippetIn(admin, title)).toContain(`>${name}</a>`);
    const opened = admin.waitForEvent('popup');
    await link.click();
    return opened;
  };
  const chat = await follow('Link to the chat', 'Chat with us');
  await expect(chat.getByRole('textbox', { name: 'Subject', exact: true })).toBeVisible();
  await chat.close();
  const helper = await follow('Link to the helper', 'Download the support helper');
  await expect(helper).toHaveURL(new RegExp(`/c/${owner}`));
  await helper.close();
}

/** The number box has in the preview the rights that the HTML gives it. */
async function showsBox(admin: Page, preview: FrameLocator): Promise<void> {
  await show(admin, 'Number box');
  const allow = await preview.locator('iframe').getAttribute('allow');
  expect(allow).toContain('display-capture');
  expect(await snippetIn(admin, 'Number box')).toContain(`allow="${allow}"`);
  await expect(preview.frameLocator('iframe').getByRole('textbox', { name: 'Session number' })).toBeVisible();
}

/** What is chosen stands in the HTML and is seen in the preview. */
async function followsOptions(admin: Page, preview: FrameLocator): Promise<void> {
  const options = admin.getByRole('group', { name: 'Options' });
  const choose = (label: string, value: string) => options.getByLabel(label).selectOption(value);
  const html = () => snippetIn(admin, 'Chat button');
  await choose('Place of the button', 'bottom-left');
  await expect(preview.locator('tasuki-button[fixed="bottom-left"]')).toBeVisible();
  expect(await html()).toContain('data-position="bottom-left"');
  await choose('Place of the button', 'inline');
  await expect(preview.locator('tasuki-button:not([fixed])')).toBeVisible();
  expect(await html()).toContain('data-position="inline"');
  await choose('Language', 'ja');
  await expect(preview.getByRole('button', { name: 'チャットで相談 – メッセージを残す' })).toBeVisible();
  expect(await html()).toContain('data-lang="ja"');
  await choose('Button set', 'shop');
  await expect(
    preview.getByRole('button', { name: 'チャットで相談', exact: true }).locator('img'),
  ).toBeVisible();
  expect(await html()).toContain('data-button="shop"');
}

/** A GIF with one white picture. */
function gif(width: number, height: number): Buffer {
  const u16 = (value: number) => [value & 255, value >> 8];
  const screen = [...u16(width), ...u16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const picture = [0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 2, 2, 0x4c, 0x01, 0];
  return Buffer.from([...Buffer.from('GIF89a'), ...screen, ...picture, 0x3b]);
}
