/** The clipboard of the helper's link, both ways: only while it is granted, and never longer than the link lives. */
import type { ClipboardMessage } from '../../shared/protocol/input';
import { TextAssembler, cleanText, splitText } from './helper-controller-clipboard';
import type { HelperLink } from './helper-controller-link';
import { ClipboardPour } from './helper-controller-pour';

/** What became of a text for the other side's clipboard. */
export type ClipboardSent = 'sent' | 'too-long' | 'not-allowed';

/** A part of the clipboard waits while more than this many bytes do. */
const FULL_AT = 256_000;

export interface ClipboardDeps {
  /** Whether text may cross now. */
  may(): boolean;
  link(): Pick<HelperLink, 'takesClipboard' | 'clipboard' | 'say'> | null;
}

export class ClipboardChannel {
  readonly #incoming = new TextAssembler();
  readonly #outgoing: ClipboardPour;

  constructor(private readonly deps: ClipboardDeps) {
    this.#outgoing = new ClipboardPour({
      takes: () => deps.may() && deps.link()?.takesClipboard(FULL_AT) === true,
      send: (part) => deps.link()?.clipboard(part),
      ping: (at) => deps.link()?.say({ t: 'ping', at }),
    });
  }

  /** A newer text takes the place of one still being sent. */
  send(text: string): ClipboardSent {
    if (!this.deps.may()) return 'not-allowed';
    const parts = splitText(cleanText(text));
    if (!parts) return 'too-long';
    this.#outgoing.start(parts);
    return 'sent';
  }

  /** @returns the whole text with its last part, else null */
  take(message: ClipboardMessage): string | null {
    return this.#incoming.take(message);
  }

  /** The channel takes more again. */
  more(): void {
    this.#outgoing.more();
  }

  /** Settles when the helper has answered everything that was sent until now, or cannot any more. */
  arrived(): Promise<void> {
    return this.#outgoing.arrived();
  }

  /** @param at of the ping that is answered */
  onPong(at: number): void {
    this.#outgoing.onPong(at);
  }

  /** Nobody waits any longer. */
  settle(): void {
    this.#outgoing.settle();
  }

  /** Forgets what has not crossed as a whole. */
  forget(): void {
    this.#outgoing.forget();
    this.#incoming.forget();
  }
}
