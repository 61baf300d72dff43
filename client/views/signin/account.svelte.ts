/** Who is signed in on this page. */
import type { Me, Role } from '../../../shared/protocol/http';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';

export class Account {
  me = $state.raw<Me | null>(null);
  checking = $state(false);
  /** It is known whether there is a sign-in to take up; until then no form is shown. */
  settled = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The sign-in ended while the page was in use. */
  ended = $state(false);

  constructor(readonly role: Role) {}

  /** Takes up a sign-in that is still valid. */
  async restore(): Promise<void> {
    const result = await api.me(this.role);
    this.settled = true;
    if (result.ok) this.me = result.value;
    else if (result.error !== 'signed_out') this.problem = result;
  }

  /** @returns whether it worked; `problem` has the reason otherwise */
  async login(id: string, password: string): Promise<boolean> {
    this.problem = null;
    this.checking = true;
    const result = await api.login({ id: id.trim(), password, role: this.role });
    this.checking = false;
    if (!result.ok) {
      this.problem = result;
      return false;
    }
    this.me = result.value;
    this.ended = false;
    return true;
  }

  async logout(): Promise<void> {
    await api.logout(this.role);
    this.me = null;
  }

  /** The server says that the sign-in is over. */
  lost(): void {
    if (!this.me) return;
    this.me = null;
    this.ended = true;
  }
}
