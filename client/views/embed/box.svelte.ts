/** The number box on a company's page (RS-19, T-RS-3). */
import { CODE_DIGITS, parseCode } from '../../../shared/protocol/code';
import { complaintAbout } from '../../ui/code-input';
import { addressOfTyped, Entry } from '../customer/entry.svelte';
import type { BoxQuery } from './box-query';
import { isFitForSession } from './frame';

export class NumberBox {
  /** The session runs in this frame; otherwise in a window of its own. */
  readonly here = isFitForSession();
  readonly entry: Entry;
  /** Where the session was opened, or could not be. */
  elsewhere = $state.raw<{ address: string; blocked: boolean } | null>(null);

  constructor(readonly query: BoxQuery) {
    this.entry = new Entry(query.owner ?? undefined);
  }

  /** The person typed. */
  typed(text: string): void {
    this.elsewhere = null;
    this.entry.came = 'typed';
    this.entry.text = text;
    if (this.here) this.entry.warmUp();
    else this.entry.complaint = null;
    if (this.query.auto && parseCode(text)?.length === CODE_DIGITS && !this.entry.checking)
      void this.submit();
  }

  async submit(): Promise<void> {
    if (this.here) return this.entry.submit();
    const code = parseCode(this.entry.text);
    this.entry.complaint = complaintAbout(this.entry.text);
    if (this.entry.complaint || !code) return;
    const address = addressOfTyped(this.query.owner ?? '', code);
    this.elsewhere = { address, blocked: window.open(address, '_blank') === null };
  }
}
