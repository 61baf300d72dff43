/**
 * Pages in other tabs of this browser that ask something only the person may answer. Remote input must keep off them too:
 * otherwise an operator could agree to a second session in the customer's name.
 *
 * ```
 * page that asks (Announcer)                       page with a helper (watchElsewhere)
 *   asking {from, turn, on: true} ───────────────▶   has its helper guard
 *   ◀────────────────────── hosting {turn, guards: false}   at once: wait for me
 *   ◀────────────────────── hosting {turn, guards: true}    the helper confirmed it
 *   asking again every second; a page that says no more is forgotten
 * ```
 */
const CHANNEL = 'tasuki-consent';

/** So long a page that begins to ask waits for tabs that have a helper. */
export const HEAR_MS = 300;
/** It repeats itself so often; only what was confirmed at most twice as long ago counts. */
export const REPEAT_MS = 1_000;
/** A page that says no more is forgotten: nobody's helper guards for a tab that has crashed. */
export const EXPIRE_MS = 5_000;
/** The helper of a tab that says no more may live on for a while. */
export const HOST_LOST_MS = 60_000;

const FRESH_MS = 2 * REPEAT_MS;

type Said =
  /** A page with a helper was opened: who asks? */
  | { t: 'who' }
  | { t: 'asking'; from: string; turn: number; on: boolean }
  | { t: 'hosting'; from: string; to: string; turn: number; guards: boolean }
  /** There is no helper any more. */
  | { t: 'gone'; from: string };

/** What both ends need of the browser; tests put something else in its place. */
export interface Tabs {
  open(): Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'>;
  /** Where `pagehide` and `pageshow` are heard. */
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  id(): string;
}

const browserTabs: Tabs = {
  open: () => new BroadcastChannel(CHANNEL),
  page: globalThis,
  // Not randomUUID, which pages outside secure contexts lack.
  id: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-'),
};

interface KnownHost {
  guards: boolean;
  at: number;
}

/** A page that asks: tells the tabs that have a helper, and knows when all of them keep remote input away. */
export class Announcer {
  readonly id: string;
  readonly #channel: ReturnType<Tabs['open']>;
  readonly #hosts = new Map<string, KnownHost>();
  #asking = false;
  #hidden = false;
  #turn = 0;
  /** The time to make oneself known is over. */
  #heard = false;
  #hearing: ReturnType<typeof setTimeout> | undefined;
  #repeating: ReturnType<typeof setInterval> | undefined;

  /** @param changed `ready` or `held` may have changed */
  constructor(
    private readonly changed: () => void = () => undefined,
    private readonly tabs: Tabs = browserTabs,
  ) {
    this.id = tabs.id();
    this.#channel = tabs.open();
    this.#channel.onmessage = ({ data }: MessageEvent<Said | null>) => {
      if (data) this.#onSaid(data);
    };
    this.tabs.page.addEventListener('pagehide', this.#hide);
    this.tabs.page.addEventListener('pageshow', this.#show);
  }

  /** No tab has a helper, or every one of them confirmed that remote input keeps off this page. */
  get ready(): boolean {
    return this.#asking && !this.#hidden && this.#heard && this.#waiting().length === 0;
  }

  /** A tab with a helper has not confirmed it. */
  get held(): boolean {
    return this.#asking && this.#waiting().length > 0;
  }

  /** @param on this page asks and has the focus; said anew, everybody has to confirm anew */
  announce(on: boolean): void {
    if (!on && !this.#asking) return;
    this.#asking = on;
    this.#turn++;
    this.#heard = false;
    clearTimeout(this.#hearing);
    clearInterval(this.#repeating);
    for (const host of this.#hosts.values()) host.guards = false;
    if (on) {
      this.#hearing = setTimeout(() => {
        this.#heard = true;
        this.changed();
      }, HEAR_MS);
      this.#repeating = setInterval(() => {
        this.#say();
        this.changed();
      }, REPEAT_MS);
    }
    this.#say();
    this.changed();
  }

  /** Asks nothing any more. */
  close(): void {
    this.announce(false);
    this.tabs.page.removeEventListener('pagehide', this.#hide);
    this.tabs.page.removeEventListener('pageshow', this.#show);
    this.#channel.onmessage = null;
    this.#channel.close();
  }

  #onSaid(said: Said): void {
    if (said.t === 'who') {
      if (this.#asking) this.#say();
    } else if (said.t === 'hosting' && said.to === this.id) {
      const guards = said.guards && said.turn === this.#turn;
      this.#hosts.set(said.from, { guards, at: Date.now() });
      this.changed();
    } else if (said.t === 'gone' && this.#hosts.delete(said.from)) {
      this.changed();
    }
  }

  #waiting(): KnownHost[] {
    const now = Date.now();
    for (const [id, { at }] of this.#hosts) if (now - at > HOST_LOST_MS) this.#hosts.delete(id);
    return [...this.#hosts.values()].filter(({ guards, at }) => !guards || now - at > FRESH_MS);
  }

  #say(on = this.#asking && !this.#hidden): void {
    this.#channel.postMessage({ t: 'asking', from: this.id, turn: this.#turn, on } satisfies Said);
  }

  readonly #hide = () => {
    this.#hidden = true;
    if (this.#asking) this.#say(false);
  };

  /** Out of the browser's cache of left pages. */
  readonly #show = () => {
    if (!this.#hidden) return;
    this.#hidden = false;
    if (this.#asking) this.announce(true);
  };
}

/** The end of a page that has a helper. */
export interface ElsewhereWatch {
  /** A helper acts on this computer, or none does any more. */
  setHosting(on: boolean): void;
  /** The helper's answer to the last `changed`: remote input keeps off the page that has the focus, or does not. */
  confirm(guards: boolean): void;
  close(): void;
}

interface KnownPage {
  turn: number;
  guarded: boolean;
  expiry: ReturnType<typeof setTimeout>;
}

/**
 * Listens to the pages that ask, in this tab and in others.
 * @param from the id of the session whose helper it is: the same again after a reload
 * @param changed whether any of them has the focus; called for every page that begins to ask, so the helper must be told
 *   each time and `confirm` must wait for its answer to the last one
 * @param skip the id of this page's own announcer, when it tells its helper of its own focus anyway
 */
export function watchElsewhere(
  from: string,
  changed: (asking: boolean) => void,
  skip?: string,
  tabs: Tabs = browserTabs,
): ElsewhereWatch {
  const channel = tabs.open();
  const pages = new Map<string, KnownPage>();
  let hosting = false;
  const say = (said: Said) => channel.postMessage(said);
  const tell = (to: string, { turn, guarded }: KnownPage) =>
    hosting && say({ t: 'hosting', from, to, turn, guards: guarded });
  const guard = (on: boolean) => {
    for (const [id, page] of pages) {
      page.guarded = on;
      tell(id, page);
    }
  };
  const forget = (id: string) => {
    const page = pages.get(id);
    if (!page) return;
    clearTimeout(page.expiry);
    pages.delete(id);
    changed(pages.size > 0);
  };
  channel.onmessage = ({ data: said }: MessageEvent<Said | null>) => {
    if (said?.t !== 'asking' || said.from === skip) return;
    if (!said.on) return forget(said.from);
    const known = pages.get(said.from);
    clearTimeout(known?.expiry);
    const expiry = setTimeout(() => forget(said.from), EXPIRE_MS);
    const fresh = known?.turn !== said.turn;
    const page: KnownPage = { turn: said.turn, guarded: !fresh && known.guarded, expiry };
    pages.set(said.from, page);
    if (fresh) {
      // The window with the focus is another one now: what was guarded before says nothing about it.
      guard(false);
      changed(true);
    } else {
      tell(said.from, page);
    }
  };
  const setHosting = (on: boolean) => {
    if (on === hosting) return;
    hosting = on;
    if (on) guard(false);
    else say({ t: 'gone', from });
  };
  say({ t: 'who' });
  return {
    setHosting,
    confirm: guard,
    close() {
      setHosting(false);
      for (const { expiry } of pages.values()) clearTimeout(expiry);
      pages.clear();
      channel.onmessage = null;
      channel.close();
    },
  };
}
