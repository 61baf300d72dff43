/** A visitor who waits leaves a message instead: what was said so far comes along, and what was added comes back. */
import type { Entry } from '../../session/chat/conversation';
import { cleanName } from '../../session/chat/visitor-text';

export interface Said {
  name: string;
  /** Of the question, for a subject line. */
  subject: string;
  texts: readonly string[];
}

/** @param unsent what stands in the message box */
export function saidSoFar(entries: readonly Entry[], unsent: string): Said {
  const contents = entries.flatMap(({ mine, content }) => (mine && content ? [content] : []));
  const question = contents.find((content) => content.t === 'question');
  const texts = contents.flatMap((content) =>
    content.t === 'question' || content.t === 'text' ? [content.text] : [],
  );
  return {
    name: question?.name ?? '',
    subject: cleanName(question?.text ?? ''),
    texts: [...texts, unsent.trim()].filter(Boolean),
  };
}

/** What a message says beyond what was said before; the subject may stand at its beginning. */
export function added(written: string, { subject, texts }: Said): string {
  const own = written.startsWith(`${subject}\n`) ? written.slice(subject.length + 1) : written;
  return texts
    .reduce((rest, text) => rest.replace(text, () => ''), own)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
