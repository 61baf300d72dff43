import type { Language } from '../../../shared/protocol/common';
import { en } from './en';
import { ja } from './ja';
import type { MailTexts } from './texts';

export const MAIL_TEXTS: Record<Language, MailTexts> = { ja, en };
