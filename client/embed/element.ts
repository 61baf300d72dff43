/** Elements without a byte of HTML or inline style, so that the strictest policies of a page let them through. */
import { STYLES } from './styles';

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * An element of ours with a tree of its own, which the page's styles do not reach. The name keeps the page's rules for
 * `div` and the like away from it too.
 */
export function shadowed(name: string, child: Node): HTMLElement {
  const host = element(name as 'div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  root.append(child);
  return host;
}
