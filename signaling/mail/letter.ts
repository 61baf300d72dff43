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
  if ('heading' in part) return `<h2 style="${HEADING}">${escapeHtml(part.heading)}</h2>`;
  if ('link' in part) {
    const address = escapeHtml(part.link);
    return `<p style="${LINK}"><a href="${address}">${address}</a></p>`;
  }
  if ('lines' in part) return `<p>${part.lines.map(escapeHtml).join('<br>')}</p>`;
  return `<ol style="padding-left:1.5em">${part.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ol>`;
}

const FRAME =
  'max-width:36em;margin:0 auto;padding:1.25em;border:1px solid #8fa3c8;border-top:6px solid #2f55a4;border-radius:12px;font-family:sans-serif;font-size:16px;line-height:1.7';
const HEADING = 'font-size:1.1em;margin:1.75em 0 .5em;padding-top:1.25em;border-top:1px solid #8fa3c8';
const LINK =
  'margin:1em 0;padding:.9em 1em;border:2px solid #2f55a4;border-radius:10px;font-weight:bold;word-break:break-all';

const pageOf = ({ language, subject, parts }: Letter): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    // Mail programs with a dark look then turn colours by themselves instead of guessing.
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:1em"><div style="${FRAME}">`,
    ...parts.map(htmlOf),
    '</div></body></html>\n',
  ].join('\n');
