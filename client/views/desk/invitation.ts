/** What an operator sends by their own mail or messenger (RS-72). */

/** A link that fills in the number. The fragment never reaches a server's log. */
export function invitationLink(origin: string, subscriber: string, code: string): string {
  return `${origin}/c/${subscriber}#${code}`;
}

/** A session mail in words, for a program that is not ours. */
export interface OwnMail {
  subject: string;
  text: string;
  /** The same in few words. */
  short: string;
  link: string;
}

/** Windows hands mail programs at most so many characters; a longer link opens nothing at all. */
export const MAX_MAILTO = 1900;

/**
 * Opens the operator's own mail program with a draft: as much of the mail as such a link holds.
 * @param to empty: the recipient is added there
 */
export function ownDraft({ subject, text, short, link }: OwnMail, to: string): string {
  const drafts = [text, short, link].map((body) => mailDraft(subject, body, to));
  return drafts.find((draft) => draft.length <= MAX_MAILTO) ?? mailDraft('', link, to);
}

/** @param to empty: the recipient is added in the mail program */
export function mailDraft(subject: string, body: string, to = ''): string {
  return `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replace(/\n/g, '\r\n'))}`;
}
