import { expect, it } from 'vitest';
import { pageName } from './page-name';

it.each([
  ['https://www.example.com/', 'www.example.com'],
  ['https://www.example.com:8443/help/printers?session=secret#top', 'www.example.com:8443/help/printers'],
  ['https://user:secret@example.com/a', 'example.com/a'],
  ['https://日本語.example/', 'xn--wgv71a119e.example'],
  ['not an address', 'not an address'],
])('%s is shown as %s', (address, shown) => expect(pageName(address)).toBe(shown));
