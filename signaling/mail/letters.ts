/** The three letters that the server writes. */
import type { Language } from '../../shared/protocol/common';
import type { Letter } from './letter';
import type { Address } from './mail';
import { MAIL_TEXTS } from './texts';
import type { SessionWords } from './texts/texts';

export interface SessionLetter extends Omit<SessionWords, 'customer'> {
  language: Language;
  to: Address;
  replyTo?: Address | undefined;
  link: string;
}

/** Invites a customer to a session (RS-72, T-RS-12): who, what will happen, until when, how to refuse. */
export function sessionLetter({ language, to, replyTo, link, ...rest }: SessionLetter): Letter {
  const texts = MAIL_TEXTS[language].session;
  const words = { ...rest, customer: to.name };
  return {
    language,
    to,
    replyTo,
    automatic: false,
    subject: texts.subject(words.company),
    parts: [
      { paragraph: texts.greeting(words.customer) },
      { paragraph: texts.opening(words) },
      { heading: texts.whatHeading },
      { lines: [texts.what[words.mode], ...(words.windowsOnly ? [texts.windowsOnly] : []), texts.asksFirst] },
      { heading: texts.howHeading },
      { steps: texts.steps(words) },
      { heading: texts.linkHeading },
      { link },
      { lines: [texts.valid(words.until), texts.end] },
      { heading: texts.refuseHeading },
      { paragraph: texts.refuse },
      { paragraph: texts.secrets(words.company) },
      { lines: texts.signature(words) },
    ],
  };
}

/** Tells an operator that a message waits, and nothing of what it says. */
export function noticeLetter(language: Language, to: Address, company: string, desk: string): Letter {
  const texts = MAIL_TEXTS[language].notice;
  return {
    language,
    to,
    automatic: true,
    subject: texts.subject(company),
    parts: [
      { paragraph: texts.greeting(to.name) },
      { paragraph: texts.waits },
      { link: desk },
      { paragraph: texts.where },
      { paragraph: texts.why },
    ],
  };
}

/** Proves to an administrator that the settings work. */
export function testLetter(language: Language, to: Address, company: string): Letter {
  const texts = MAIL_TEXTS[language].test;
  return {
    language,
    to,
    automatic: true,
    subject: texts.subject,
    parts: [{ paragraph: texts.works }, { paragraph: texts.why(company) }],
  };
}
