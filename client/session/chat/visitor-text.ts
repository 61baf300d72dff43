/** What people type, made fit for sending: nothing invisible that could turn or hide what others read. */
import { MAX_CHAT_CHARS } from '../../../shared/protocol/chat-content';

const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085]/g;
/** Control characters and those that turn the direction of what follows. */
const FORBIDDEN = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Half of a pair, left over by a careless program. */
const LONE = /\p{Cs}/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Text of a message; empty when nothing is left. */
export const cleanText = (text: string): string =>
  text.replace(LINE_BREAK, '\n').replace(FORBIDDEN, '').replace(LONE, '\ufffd').trim();

/** A person's name on one line; empty when nothing is left. */
export const cleanName = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim().slice(0, 80).replace(LONE, '').trim();

/** Too long to be sent as one message. */
export const tooLong = (text: string): boolean => cleanText(text).length > MAX_CHAT_CHARS;
