/** The administrator's pages about the chat on other sites: HTML, pictures, hours, sites. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { accessible } from './support/a11y';
import { startDemo, type Demo } from './support/chat';

const LEAVE = 'Leave a message';
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
  const snippet = admin.getByRole('region', { name: 'Chat button' });
  await snippet.getByRole('button', { name: 'Copy' }).click();
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toContain(`data-owner="${owner}"`);
  await expect(
    admin.frameLocator('iframe[title="Preview"]').getByRole('button', { name: LEAVE }),
  ).toBeVisible();
  await accessible(admin, 'embedding');

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
  await accessible(admin, 'appearance');

  await admin.getByRole('link', { name: 'Business hours' }).click();
  await admin.getByRole('radio', { name: 'By the days of the week' }).check();
  await expect(admin.getByLabel('Monday: from')).toHaveValue('09:00');
  await accessible(admin, 'hours');
  await admin.getByRole('radio', { name: 'Always open' }).check();
  await admin.getByRole('button', { name: 'Save' }).click();

  await admin.getByRole('link', { name: 'Embedding' }).click();
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
  const closed = page.getByRole('button', { name: 'Chat with us', exact: true }).locator('img');
  await expect(closed).toBeVisible();
  expect(await closed.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(90);
  await context.close();
});

/** A GIF with one white picture. */
function gif(width: number, height: number): Buffer {
  const u16 = (value: number) => [value & 255, value >> 8];
  const screen = [...u16(width), ...u16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const picture = [0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 2, 2, 0x4c, 0x01, 0];
  return Buffer.from([...Buffer.from('GIF89a'), ...screen, ...picture, 0x3b]);
}
