/** Languages are called by their own names, whatever the page's language is. */
import type { Language } from '../../shared/protocol/common';

export const LANGUAGE_NAMES: Record<Language, string> = { ja: '日本語', en: 'English' };
