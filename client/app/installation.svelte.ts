/** What any page may know about this installation: whose it is, and whether it is a demonstration. */
import { request } from '../net/http';

class Installation {
  /** Null before set-up, and while it is not known yet. */
  company = $state<string | null>(null);
  demo = $state(false);
  known = $state(false);

  async load(): Promise<void> {
    const result = await request('GET', '/public');
    if (!result.ok) return;
    const info = result.value as { company?: unknown; demo?: unknown } | null;
    this.company = typeof info?.company === 'string' ? info.company : null;
    this.demo = info?.demo === true;
    this.known = true;
  }
}

export const installation = new Installation();
