/** What an operator sends by their own mail or messenger (RS-72). */

/** A link that fills in the number. The fragment never reaches a server's log. */
export function invitationLink(origin: string, subscriber: string, code: string): string {
  return `${origin}/c/${subscriber}#${code}`;
}

/** Opens the operator's own mail program with a draft. @param to empty: the recipient is added there */
export function mailDraft(subject: string, body: string, to = ''): string {
  return `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replace(/\n/g, '\r\n'))}`;
}
