/** Path 2: the helper was downloaded in advance and asks for the number itself (RS-68–71). */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Customer, Operator } from './support/people';
import { HELPER, startHelper } from './support/helper';
import { openTarget } from './support/target';
import { until } from './support/product';
import { expect, test } from './support/story';
import { execFileSync } from 'node:child_process';

test('the number is typed into the helper; 承諾 opens the page, already paired', async ({
  browser,
  sharing,
  product,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-download-'));
  const entry = await Customer.arrive(sharing, product, 'ja');
  await entry.page.getByRole('button', { name: /ヘルパーを.*先/ }).click();
  // The name the browser saves it under carries the service's address.
  const download = entry.page.locator('a[download^="tasuki-helper-"]').first();
  await expect(download).toBeAttached();
  const name = (await download.getAttribute('download')) ?? '';
  const file = join(folder, `${name} (1)`);
  copyFileSync(HELPER, file);
  chmodSync(file, 0o755);
  // The default browser: it writes down everything it was started with.
  const opened = join(folder, 'opened');
  const opener = join(folder, 'browser');
  writeFileSync(opener, `#!/bin/sh\nprintf '%s' "$*" > ${opened}.part && mv ${opened}.part ${opened}\n`);
  chmodSync(opener, 0o755);

  const target = await openTarget();
  const operator = await Operator.arrive(browser, product, 'ja');
  const code = await operator.issue('control');
  const helper = await startHelper([], { file, language: 'ja', env: { TASUKI_BROWSER: opener } });
  await until(async () => (await helper.text()).includes('承諾'), 'the number window');
  execFileSync('xdotool', ['type', '--delay', '20', code]);
  await helper.press('承諾');
  await until(async () => (await helper.text()).includes('山田 花子'), 'the question who asks');
  await helper.press('承諾');

  await until(async () => existsSync(opened), 'the browser to be started');
  // The command line, which every program here can read, names a file; only the file leads to the session.
  const redirect = readFileSync(opened, 'utf8');
  expect(redirect).not.toContain('take');
  expect(statSync(redirect).mode & 0o777).toBe(0o600);
  const page = await entry.context.newPage();
  await page.goto(pathToFileURL(redirect).href, { waitUntil: 'commit' });
  await page.waitForURL(`${product.origin}/**`);
  // The new page speaks the browser's language.
  await expect.poll(() => page.url()).not.toContain('take');
  const choose = page.getByRole('button', { name: 'Choose a screen' });
  await choose.click();
  await expect(operator.screen).toBeVisible();
  await expect.poll(() => existsSync(redirect)).toBe(false);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await operator.controls();
  await operator.clickPicture(0.4, 0.5);
  await operator.page.keyboard.type('path two');
  await expect.poll(() => target.text()).toBe('path two');

  await operator.endSession();
  await helper.press('閉じる');
  expect(await helper.ended()).toBe(0);
  await expect.poll(() => operator.lastSession()).toMatchObject({ path: 'download', consent: 'granted' });
  await operator.leave();
  await entry.leave();
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});
