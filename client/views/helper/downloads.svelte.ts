import type { HelperDownload } from '../../../shared/protocol/http';
import { api } from '../../net/api';
import { fitting, thisComputer, type Computer } from './systems';

/** Which builds of the helper this server has, and which of them fits here. */
export class Downloads {
  computer = $state.raw<Computer>('other');
  builds = $state.raw<HelperDownload[]>([]);
  /** SHA256SUMS has its detached signature. */
  signed = $state(false);
  state = $state<'loading' | 'ready' | 'failed'>('loading');

  constructor() {
    void this.load();
  }

  get mine(): HelperDownload[] {
    return fitting(this.builds, this.computer).mine;
  }
  get others(): HelperDownload[] {
    return fitting(this.builds, this.computer).others;
  }

  async load(): Promise<void> {
    this.state = 'loading';
    const [computer, result] = await Promise.all([thisComputer(), api.helper()]);
    this.computer = computer;
    if (result.ok) {
      this.builds = result.value.builds;
      this.signed = result.value.signed;
    }
    this.state = result.ok ? 'ready' : 'failed';
  }
}
