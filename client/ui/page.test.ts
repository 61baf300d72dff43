import { expect, it } from 'vitest';
import { Page } from './page.svelte';

it('tells the same words again, each time as a new announcement', () => {
  const page = new Page();
  page.announce('saved');
  const first = page.announcement;
  page.announce('saved');
  expect(page.announcement).toMatchObject({ text: 'saved', visible: true });
  expect(page.announcement.nonce).toBeGreaterThan(first.nonce);
});

it('shows nothing twice that is to be seen elsewhere', () => {
  const page = new Page();
  page.speak('copied');
  expect(page.announcement).toMatchObject({ text: 'copied', visible: false });
});

it('is dismissed by its own number only', () => {
  const page = new Page();
  page.announce('one');
  const { nonce } = page.announcement;
  page.announce('two');
  page.dismiss(nonce);
  expect(page.announcement.visible).toBe(true);
  page.dismiss(page.announcement.nonce);
  expect(page.announcement).toMatchObject({ text: 'two', visible: false });
});
