/** Words of the mails that the server sends. Names are what people typed: shown, never read as anything else. */
import type { Mode } from '../../../shared/protocol/common';

export interface SessionWords {
  customer: string;
  operator: string;
  company: string;
  /** Host name of the installation. */
  site: string;
  code: string;
  until: string;
  mode: Mode;
  windowsOnly: boolean;
}

export interface MailTexts {
  session: {
    subject(company: string): string;
    greeting(customer: string): string;
    opening(words: SessionWords): string;
    whatHeading: string;
    what: Record<Mode, string>;
    windowsOnly: string;
    asksFirst: string;
    howHeading: string;
    steps(words: SessionWords): string[];
    linkHeading: string;
    valid(until: string): string;
    end: string;
    refuseHeading: string;
    refuse: string;
    secrets(company: string): string;
    signature(words: SessionWords): string[];
  };
  notice: {
    subject(company: string): string;
    greeting(operator: string): string;
    waits: string;
    where: string;
    why: string;
  };
  test: { subject: string; works: string; why(company: string): string };
}
