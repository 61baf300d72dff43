/**
 * Links in what people write. A link is only what says truthfully where it leads: http, https or mail, nothing that hides
 * the host before an `@`, and a host in letters that can be taken for others is shown as browsers resolve it.
 */
import { find } from 'linkifyjs';

export interface TextPart {
  text: string;
  /** Where it leads; null for plain text. */
  href: string | null;
}

const SCHEMES = new Set(['http:', 'https:', 'mailto:']);
const ASCII = /^[\x21-\x7e]+$/;

/** @returns the whole text in order; joined, it is what was written but for the addresses of foreign-letter hosts */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { value, href, start, end } of find(text, { defaultProtocol: 'https' })) {
    const link = linkTo(value, href);
    if (!link) continue;
    if (start > done) parts.push({ text: text.slice(done, start), href: null });
    parts.push(link);
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

function linkTo(shown: string, address: string): TextPart | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return { text: ASCII.test(shown) ? shown : url.href, href: url.href };
}
