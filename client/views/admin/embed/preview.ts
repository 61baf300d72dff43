import type { SnippetKind, SnippetWish } from '../../../../shared/protocol/embed-snippets';

/** Where the server shows the same, for the preview. */
export function previewAddress(what: SnippetKind, wish: SnippetWish): string {
  const { owner, language, button, position, key, auto, helper } = wish;
  const query = new URLSearchParams({ what, owner, lang: language, position });
  if (button !== '') query.set('button', button);
  if (key !== null) query.set('key', key);
  if (what === 'box' && auto) query.set('auto', '1');
  if (what === 'box' && helper) query.set('exe', '1');
  return `/embed/preview?${query.toString()}`;
}
