/** The main job, mode `view`: the operator sees the customer's real screen. */
import { GREEN, RED, paintScreen, showsColour } from './support/pixels';
import { Customer, Operator, type Language } from './support/people';
import { expect, test } from './support/story';
import { readFile } from 'node:fs/promises';

const SAVE_IMAGE = { en: 'Save image', ja: '画像を保存' };

/** Width and height out of a PNG's header. @throws Error for anything that is no PNG */
async function pngSize(file: string): Promise<[number, number]> {
  const bytes = await readFile(file);
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

for (const language of ['ja', 'en'] as Language[]) {
  test(`view (${language}): number, consent, real pixels, ended by the customer`, async ({
    browser,
    sharing,
    product,
  }) => {
    const operator = await Operator.arrive(browser, product, language);
    const customer = await Customer.arrive(sharing, product, language);
    const code = await operator.issue('view');
    await customer.enter(code);

    const consent = customer.page.getByRole('alertdialog');
    await expect(consent).toContainText('山田 花子');
    await expect(consent).toContainText('みどり商事');
    await paintScreen(RED);
    await customer.allow.click();

    await expect(customer.connected).toBeVisible();
    await showsColour(operator.screen, RED);
    await paintScreen(GREEN);
    await showsColour(operator.screen, GREEN);
    const size = await operator.screen.evaluate((video: HTMLVideoElement) => [
      video.videoWidth,
      video.videoHeight,
    ]);
    expect(size).toEqual([1280, 720]);

    const [download] = await Promise.all([
      operator.page.waitForEvent('download'),
      operator.page.getByRole('button', { name: SAVE_IMAGE[language] }).click(),
    ]);
    expect(await pngSize(await download.path())).toEqual([1280, 720]);

    await customer.cancel.click();
    await expect(customer.connected).toBeHidden();
    await expect(operator.screen).toBeHidden();
    await operator.leave();
    await customer.leave();
  });
}
