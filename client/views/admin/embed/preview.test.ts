import { expect, it } from 'vitest';
import { previewAddress } from './preview';

it('the preview is asked for what stands in the HTML', () => {
  const wish = {
    origin: 'https://support.example.org',
    owner: 'ABCDEFGH',
    language: 'ja',
    button: 'x',
    position: 'bottom-right',
    auto: true,
    helper: false,
    key: 'B'.repeat(43),
  } as const;
  const asked = (what: 'chat' | 'box') =>
    Object.fromEntries(new URL(previewAddress(what, wish), wish.origin).searchParams);
  const { owner, button, position, key } = wish;
  expect(asked('chat')).toEqual({ what: 'chat', owner, lang: 'ja', position, button, key });
  expect(asked('box')).toEqual({ what: 'box', owner, lang: 'ja', position, button, key, auto: '1' });
});
