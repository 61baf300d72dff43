/** A letter to one person, written once and laid out twice: as plain text, and as simple HTML without pictures or tables. */
import type { Language } from '../../shared/protocol/common';
import type { Address, Mail } from './mail';

export type Part =
  | { paragraph: string }
  | { heading: string }
  | { steps: string[] }
  /** A link stands on a line of its own, with its whole address in sight. */
  | { link: string }
  | { lines: string[] };

export interface Letter {
  language: Language;
  to: Address;
  replyTo?: Address | undefined;
  subject: string;
  parts: Part[];
  automatic: boolean;
}

/** Both forms of a letter, as a mail. */
export const mailOf = (letter: Letter): Mail => ({
  to: letter.to,
  replyTo: letter.replyTo,
  subject: letter.subject,
  text: `${letter.parts.map(textOf).join('\n\n')}\n`,
  html: pageOf(letter),
  automatic: letter.automatic,
});

function textOf(part: Part): string {
  if ('paragraph' in part) return part.paragraph;
  if ('heading' in part) return part.heading;
  if ('link' in part) return part.link;
  if ('lines' in part) return part.lines.join('\n');
  return part.steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, in content and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

function htmlOf(part: Part): string {
  if ('paragraph' in part) return `<p>${escapeHtml(part.paragraph)}</p>`;
  if ('heading' in part)
    return `<h2 style="font-size:1.1em;margin:1.5em 0 .5em">${escapeHtml(part.heading)}</h2>`;
  if ('link' in part) {
    const address = escapeHtml(part.link);
    return `<p style="word-break:break-all"><a href="${address}">${address}</a></p>`;
  }
  if ('lines' in part) return `<p>${part.lines.map(escapeHtml).join('<br>')}</p>`;
  return `<ol>${part.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ol>`;
}

const STYLE =
  'max-width:36em;margin:0 auto;padding:1em;font-family:sans-serif;font-size:16px;line-height:1.6';

const pageOf = ({ language, subject, parts }: Letter): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(subject)}</title></head><body style="${STYLE}">`,
    ...parts.map(htmlOf),
    '</body></html>\n',
  ].join('\n');
