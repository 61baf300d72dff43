/** A canned reply while it is written. */
import { ReplyShortcut, ReplyText, type CannedReply } from '../../../../shared/protocol/replies';
import type { Problem } from '../../../net/http';
import type { ReplyStore } from '../../../session/chat/desk-chat-reply-store.svelte';
import { cleanText } from '../../../session/chat/visitor-text';

export type ReplyFault = 'shortcut' | 'taken' | 'text' | 'many';

export class ReplyDraft {
  shortcut = $state('');
  text = $state('');
  /** What is wrong, by field. */
  faults = $state.raw<{ shortcut?: ReplyFault; text?: ReplyFault }>({});
  /** What is wrong, but with no field in particular. */
  problem = $state.raw<Problem | null>(null);

  /** @param editing null: a new one */
  constructor(
    private readonly store: ReplyStore,
    readonly editing: CannedReply | null,
  ) {
    this.shortcut = editing?.shortcut ?? '';
    this.text = editing?.text ?? '';
  }

  /** Checks, then asks the server. What was typed stays, whatever the answer. @returns whether it was saved */
  async save(): Promise<boolean> {
    // Pressed twice: the first one says what became of it.
    if (this.store.saving) return false;
    this.problem = null;
    this.text = cleanText(this.text);
    this.faults = {
      ...(ReplyShortcut.safeParse(this.shortcut).success ? {} : { shortcut: 'shortcut' }),
      ...(ReplyText.safeParse(this.text).success ? {} : { text: 'text' }),
    };
    if (this.faults.shortcut || this.faults.text) return false;
    const wish = { shortcut: this.shortcut, text: this.text };
    const problem = await this.store.save(this.editing?.id ?? null, wish);
    if (problem?.error === 'conflict') this.faults = { shortcut: 'taken' };
    else if (problem?.error === 'too_large') this.faults = { text: 'many' };
    else this.problem = problem;
    return problem === null;
  }
}
