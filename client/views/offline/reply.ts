/** A reply in the operator's own mail program. */
import { wholeCharacters } from '../../../shared/protocol/common';

/** Windows hands mail programs at most so many characters; a longer link opens nothing at all. */
const MAX_LINK = 1900;

const encode = (text: string): string => encodeURIComponent(wholeCharacters(text).replace(/\n/g, '\r\n'));

/**
 * A `mailto:` link with the message quoted, as far as there is room.
 * @param intro the line above the quotation
 */
export function replyLink(to: string, subject: string, intro: string, text: string): string {
  const start = `mailto:${encodeURIComponent(to)}?subject=${encode(subject)}&body=${encode(`\n\n${intro}\n`)}`;
  const quoted = text.split('\n').map((line) => `> ${line}`);
  let room = MAX_LINK - start.length;
  let body = '';
  for (const [index, line] of quoted.entries()) {
    const whole = encode(`${line}\n`);
    const last = index === quoted.length - 1;
    if (whole.length + (last ? 0 : CUT.length) > room) return start + body + shortened(line, room);
    body += whole;
    room -= whole.length;
  }
  return start + body;
}

const CUT = encode('…\n');

/** As much of a line as fits, by whole characters. */
function shortened(line: string, room: number): string {
  if (room < CUT.length) return '';
  let kept = '';
  for (const char of line) {
    if (encode(kept + char).length + CUT.length > room) break;
    kept += char;
  }
  return encode(kept) + CUT;
}
