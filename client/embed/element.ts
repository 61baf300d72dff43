/** Elements without a byte of HTML or inline style, so that the strictest policies of a page let them through. */

type Attributes = Record<string, string>;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, children);
}

/** An icon: one outline on a 24 × 24 grid. */
export function icon(outline: string): SVGElement {
  const draw = (name: string, attributes: Attributes, ...children: Node[]) =>
    fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
  return draw('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, draw('path', { d: outline }));
}

/**
 * An element of ours with a tree of its own, which the page's styles do not reach. The name keeps the page's rules for
 * `div` and the like away from it too.
 */
export function shadowed(name: string, css: string, ...children: Node[]): HTMLElement {
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.append(...children);
  return host;
}

function fill<E extends Element>(made: E, attributes: Attributes, children: (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
