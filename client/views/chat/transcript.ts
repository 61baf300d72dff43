/** The conversation as a text file for the visitor, written by their own browser. */
import type { Entry } from '../../session/chat/conversation';

export interface TranscriptWords {
  heading: string;
  saved: string;
  you: string;
  operator: string;
  unreadable: string;
  allowed: string;
  declined: string;
  /** What a request for a remote session says. */
  request: string;
  /** Somebody was brought in. */
  guest: (name: string) => string;
  time: (at: number) => string;
}

/** Windows' own editor wants both characters. */
const LINE = '\r\n';

/** @param nameOf the operator who wrote an entry, where known */
export function transcript(
  entries: readonly Entry[],
  words: TranscriptWords,
  nameOf: (entry: Entry) => string | null,
): string {
  const lines = entries
    .filter(({ seq }) => seq !== null)
    .map((entry) => {
      const who = entry.mine ? words.you : (nameOf(entry) ?? words.operator);
      return `[${words.time(entry.at)}] ${who}: ${said(entry, words).replaceAll('\n', `${LINE}    `)}`;
    });
  return [words.heading, words.saved, '', ...lines, ''].join(LINE);
}

function said({ content }: Entry, words: TranscriptWords): string {
  switch (content?.t) {
    case 'question':
    case 'text':
      return content.text;
    case 'request':
      return words.request;
    case 'answer':
      return content.granted ? words.allowed : words.declined;
    case 'guest':
      return words.guest(content.name);
    case undefined:
      return words.unreadable;
  }
}

/** The day as in a file's name, by this computer's clock and zone: Swedish writes it as ISO 8601 does. */
export const dayIn = (at: number): string => new Date(at).toLocaleDateString('sv');

/** Offers it as a download. The mark at the front tells every editor that it is UTF-8. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
