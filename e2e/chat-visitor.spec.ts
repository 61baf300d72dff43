/** The chat window on a company's page of another origin, from the button to the rating (RS-75, RS-76, RS-121). */
import { readFile } from 'node:fs/promises';
import { accessible } from './support/a11y';
import { accept, CHAT, chatOperator, startDemo, type Demo } from './support/chat';
import { expect, test } from './support/story';
import { Visitor } from './support/visitor';

const NAMES = CHAT.en;
let demo: Demo;
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.stop());

const NARROW = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } as const;

test('chat: asked on a phone’s screen, answered, cut off and gone on, ended by keyboard and rated', async ({
  browser,
}) => {
  const desk = await chatOperator(browser, demo);
  const reply = desk.getByRole('textbox', { name: NAMES.message, exact: true });
  const first = await Visitor.arrive(browser, demo);
  await first.ask('First.');
  await expect(first.chat.getByRole('status').first()).toContainText('You are next.');

  const vera = await Visitor.arrive(browser, demo, NARROW);
  const { page, chat, box, log } = vera;
  await vera.press();
  await vera.button('start').click();
  await expect(chat.getByText('Please enter a name.')).toBeVisible();
  await expect(chat.getByText('Please write what this is about.')).toBeVisible();
  await accessible(page, 'form with faults');
  const [frame] = page.frames().slice(1);
  expect(await frame?.evaluate(() => [innerWidth, innerHeight])).toEqual([320, 640]); // the whole screen
  await chat.getByRole('textbox', { name: NAMES.name, exact: true }).fill('Vera Visitor');
  await box.fill('It does <b>not</b> print.');
  await vera.button('start').click();
  await expect(chat.getByText('You are number 2 in the queue.')).toBeVisible();

  // Everybody goes: who waits is told, and may leave what was said as a message instead.
  const available = desk.getByRole('switch', { name: NAMES.available });
  await available.click();
  for (const each of [first, vera]) {
    await expect(each.chat.getByRole('status').first()).toContainText('Nobody is there at the moment.');
    await expect(each.chat.getByText('You are n')).toHaveCount(0);
  }
  await accessible(page, 'waiting while nobody is there');
  const field = (name: string) => first.chat.getByRole('textbox', { name, exact: true });
  await first.box.fill('And it blinks.');
  await first.chat.getByRole('button', { name: 'Leave a message' }).click();
  await expect(field('Your name')).toHaveValue('Vera Visitor');
  await expect(field('Subject')).toHaveValue('First.');
  await first.chat.getByRole('button', { name: 'Go on waiting' }).click();
  await expect(first.box).toHaveValue('And it blinks.');
  await first.chat.getByRole('button', { name: 'Leave a message' }).click();
  await expect(field('Message')).toHaveValue('First.\n\nAnd it blinks.');
  await field('Your e-mail address').fill('vera@example.org');
  await first.chat.getByRole('button', { name: 'Send message' }).click();
  await expect(
    first.chat.getByRole('heading', { name: 'Thank you, your message has arrived' }),
  ).toBeFocused();
  await expect(first.button('end')).toBeHidden(); // the waiting is over
  await first.leave();
  await available.click();
  await expect(chat.getByText('You are next.')).toBeVisible();
  await expect(chat.getByRole('button', { name: 'Leave a message' })).toBeHidden();

  await accept(desk);
  await expect(chat.getByRole('status').first()).toContainText('You are chatting with Demo Operator');
  await expect(log).toContainText('It does <b>not</b> print.');
  await reply.pressSequentially('Se');
  await expect(chat.getByText('Demo Operator is writing…')).toBeVisible();
  await reply.fill('See https://www.example.com/a and javascript:alert(1)');
  await reply.press('Enter');
  const link = log.getByRole('link');
  await expect(link).toHaveCount(1);
  await expect(link).toHaveAttribute('href', 'https://www.example.com/a');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await vera.say('Thank you.');
  await expect(log.getByRole('article').filter({ hasText: 'Thank you.' })).toContainText('Seen');
  await box.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(chat.getByRole('alert')).toContainText('Files cannot be sent here.');
  await accessible(page, 'conversation');

  // Put away with one key, and told on the button what came.
  await box.press('Escape');
  const button = page.getByRole('button', { name: /^Chat with us/ });
  await expect(button).toBeFocused();
  await reply.fill('Still there?');
  await reply.press('Enter');
  await expect(page.getByRole('button', { name: 'Chat with us (1)' })).toBeVisible();
  await button.press('Enter');
  await expect(log).toContainText('Still there?');
  await expect(page.getByRole('button', { name: 'Chat with us (1)' })).toBeHidden();

  await page.context().setOffline(true);
  await expect(chat.getByRole('status').first()).toContainText('Connecting again…');
  await vera.say('Written without a line.');
  await page.context().setOffline(false);
  await expect(desk.getByText('Written without a line.').first()).toBeVisible();

  await vera.button('end').press('Enter');
  await page.keyboard.press('Escape');
  await expect(box).toBeVisible(); // asked first, and not ended
  await vera.button('end').press('Enter');
  await chat.getByRole('alertdialog').getByRole('button', { name: vera.names.end }).press('Enter');
  await expect(chat.getByRole('heading', { name: vera.names.ended })).toBeFocused();
  await chat.getByRole('radio', { name: vera.names.stars }).check({ force: true });
  await chat.getByRole('textbox', { name: 'Comment (optional)' }).fill('Quick.');
  await accessible(page, 'ended');
  await vera.button('rate').click();
  await expect(chat.getByText('Thank you for your rating.')).toBeVisible();
  const download = page.waitForEvent('download');
  await vera.button('save').click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(saved).toMatch(
    /Chat with Demo Support[^]*You: It does <b>not<\/b> print\.[^]*Demo Operator: Still there\?/,
  );
  await chat.getByRole('button', { name: 'New chat' }).click();
  await expect(vera.button('start')).toBeVisible();
  await vera.leave();
  await desk.context().close();
});

test('chat: over reloads and pages of the site, and in two tabs, it is one conversation', async ({
  browser,
}) => {
  const desk = await chatOperator(browser, demo);
  const vera = await Visitor.arrive(browser, demo);
  await vera.ask();
  await accept(desk);
  const reply = desk.getByRole('textbox', { name: NAMES.message, exact: true });
  await reply.fill('Which printer?');
  await reply.press('Enter');
  await expect(vera.log).toContainText('Which printer?');
  await vera.box.fill('The one in the');

  await vera.page.reload();
  await expect(vera.log).toContainText('Which printer?');
  await expect(vera.box).toHaveValue('The one in the');
  await vera.box.press('Escape');
  await vera.page.getByRole('link', { name: 'Next page' }).click();
  await vera.page.waitForURL('**/next');
  await expect(vera.page.locator('iframe')).toBeHidden(); // put away, it stays away
  await reply.fill('Are you there?');
  await reply.press('Enter');
  await expect(vera.page.getByRole('button', { name: 'Chat with us (1)' })).toBeVisible();

  const tab = new Visitor(await vera.page.context().newPage(), 'en');
  await tab.page.goto(demo.site);
  await tab.press();
  await expect(tab.log).toContainText('Are you there?');
  await tab.say('Yes, in another tab.');
  await vera.page.getByRole('button', { name: /^Chat with us/ }).click();
  await expect(vera.log).toContainText('Yes, in another tab.');
  await vera.say('And here.');
  await expect(tab.log).toContainText('And here.');
  await expect(desk.getByText('And here.').first()).toBeVisible();
  await expect(desk.getByRole('button', { name: NAMES.accept })).toHaveCount(0); // nobody else has begun to wait

  await desk.getByRole('button', { name: 'End chat', exact: true }).click();
  await desk.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
  for (const { chat, names } of [vera, tab]) {
    await expect(chat.getByRole('heading', { name: names.ended })).toBeVisible();
    await expect(chat.getByText('The operator ended the chat.')).toBeVisible();
  }

  // Where the other tab is quicker, what was typed as a question is not lost.
  for (const { chat } of [vera, tab]) await chat.getByRole('button', { name: 'New chat' }).click();
  await tab.box.fill('Typed meanwhile');
  await vera.chat.getByRole('textbox', { name: vera.names.name, exact: true }).fill('Vera Visitor');
  await vera.box.fill('Once more, please.');
  await vera.button('start').click();
  await expect(tab.log).toContainText('Once more, please.');
  await expect(tab.box).toHaveValue('Typed meanwhile');
  await expect(vera.box).toHaveValue('');
  await vera.leave();
  await desk.context().close();
});
