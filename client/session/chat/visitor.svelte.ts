/**
 * The chat window: the company's card and its key, the form for the question, and then the one conversation that this
 * browser has with the company, in however many tabs (RS-121).
 */
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import type { ChatClaim } from '../../../shared/protocol/chat';
import type { Language } from '../../../shared/protocol/common';
import type { Ack } from '../../../shared/protocol/errors';
import type { Problem } from '../../net/http';
import type { ServerSocket } from '../../net/socket';
import type { Entry } from './conversation';
import type { ChatRemote } from './remote.svelte';
import type { StoredChat } from './store';
import type { Addressed, Distrust } from './visitor-card';
import { VisitorCompany } from './visitor-company.svelte';
import { VisitorLine, type Connect } from './visitor-line';
import { listen } from './visitor-listen';
import { VisitorMemory } from './visitor-memory';
import { ChatSound } from './visitor-sound.svelte';
import { questionOf, startChat, type Host } from './visitor-start';
import type { VisitorTalk } from './visitor-talk.svelte';
import { cleanText } from './visitor-text';
import { VisitorThread } from './visitor-thread';

type Trouble = Pick<Problem, 'error' | 'retryAt'>;

export type VisitorState =
  | { at: 'loading' }
  | { at: 'unreachable'; problem: Trouble }
  /** The key does not fit: nothing may be typed here. */
  | { at: 'distrusted'; why: Distrust }
  | { at: 'form' }
  | { at: 'talk'; thread: VisitorThread };

export interface VisitorOptions {
  address: Addressed;
  language: () => Language;
  /** The page on which the button was pressed. */
  host: () => Host;
  connect?: Connect;
}

export class VisitorChat {
  readonly sound = new ChatSound();
  readonly company: VisitorCompany;
  #state = $state.raw<VisitorState>({ at: 'loading' });
  #problem = $state.raw<Trouble | null>(null);
  #starting = $state(false);
  #connected = $state(false);
  #lost = $state(false);
  #sodium: Sodium | null = null;
  readonly #line: VisitorLine;
  readonly #memory: VisitorMemory;

  constructor(private readonly options: VisitorOptions) {
    this.company = new VisitorCompany(options.address);
    const events = {
      connected: () => {
        this.#connected = true;
        this.#thread?.resume();
      },
      disconnected: () => {
        this.#connected = false;
        this.#thread?.remote.disconnected();
      },
      refused: () => (this.#problem = { error: 'version' }),
    };
    this.#line = new VisitorLine(events, options.connect);
    const of = (chatId: string) => (this.talk?.id === chatId ? this.talk : null);
    listen(this.socket, of, () => this.#thread?.resume());
    this.#memory = new VisitorMemory(options.address.owner, {
      changed: (stored) => this.#otherTab(stored),
      sent: (chatId, message) => of(chatId)?.received(message),
    });
  }

  get socket(): ServerSocket {
    return this.#line.socket;
  }
  get state(): VisitorState {
    return this.#state;
  }
  get talk(): VisitorTalk | null {
    return this.#thread?.talk ?? null;
  }
  /** Why the question was not taken. */
  get problem(): Trouble | null {
    return this.#problem;
  }
  get starting(): boolean {
    return this.#starting;
  }
  get connected(): boolean {
    return this.#connected;
  }
  /** The conversation of before is over and cannot be shown any more. */
  get lost(): boolean {
    return this.#lost;
  }

  // What a request for a remote session needs (client/views/chat/request).

  get remote(): ChatRemote | null {
    return this.#thread?.remote ?? null;
  }
  get entries(): readonly Entry[] {
    return this.talk?.entries ?? [];
  }
  get claim(): ChatClaim | null {
    return this.talk?.claims.at(-1) ?? null;
  }
  get open(): boolean {
    return this.talk !== null && !this.talk.ended && this.talk.tampered === null;
  }
  /** What a window of its own needs to go on with the same conversation. */
  handOver(): { url: string; data: StoredChat } | null {
    const data = this.#memory.current;
    return data && { url: location.pathname + location.search, data };
  }

  /** Fetches the card and takes up the conversation of before. @param taken a conversation of another window */
  async load(taken: StoredChat | null = null): Promise<void> {
    this.#state = { at: 'loading' };
    const [answer, sodium] = await Promise.all([this.company.load(), loadSodium()]);
    this.#sodium = sodium;
    if (!answer.ok) {
      const distrusted = 'distrust' in answer;
      this.#state = distrusted
        ? { at: 'distrusted', why: answer.distrust }
        : { at: 'unreachable', problem: answer.problem };
      return;
    }
    const mine = taken?.owner === this.options.address.owner ? taken : null;
    if (mine) await this.#memory.keep(mine);
    const stored = mine ?? (await this.#memory.find());
    if (this.#fits(stored)) this.#begin(stored).restore();
    else this.#state = { at: 'form' };
  }

  /** The first key press: the connection is there when the question is. */
  warmUp(): void {
    this.socket.open();
  }

  /** Asks the question. @returns whether there is a conversation now */
  async start(name: string, text: string): Promise<boolean> {
    if (this.#starting || this.#state.at !== 'form') return false;
    this.#starting = true;
    this.#problem = null;
    this.#lost = false;
    try {
      return await this.#memory.alone(() => this.#start(name, text));
    } catch {
      this.#problem = { error: 'failed' };
      return false;
    } finally {
      this.#starting = false;
    }
  }

  /** Puts an ended conversation away, here and in this browser. */
  async again(): Promise<void> {
    this.#thread?.close();
    this.#state = { at: 'loading' };
    await this.#memory.forget();
    await this.load();
  }

  /** Rates the ended conversation; after that a reload begins anew, and the page still shows the end. */
  async rate(stars: number, comment: string): Promise<Ack<object>> {
    const answer = await this.#thread?.rate(stars, cleanText(comment));
    if (answer?.ok) await this.#memory.forget();
    return answer ?? { ok: false, error: 'failed' };
  }

  dispose(): void {
    this.#thread?.close();
    this.#memory.close();
    this.sound.close();
    this.socket.close();
  }

  async #start(name: string, text: string): Promise<boolean> {
    const { address, language, host } = this.options;
    const other = await this.#memory.find();
    if (this.#fits(other)) {
      this.#begin(other).restore(); // another tab was quicker; what was typed here stays in the box
      return true;
    }
    await this.#line.connect();
    const { card } = this.company;
    if (!card || !this.#sodium) return false;
    if (!this.socket.connected) {
      this.#problem ??= { error: 'offline' };
      return false;
    }
    const beginning = {
      owner: address.owner,
      language: language(),
      card,
      question: questionOf(host(), name, text),
    };
    const ack = await startChat(this.#sodium, this.socket, beginning);
    if (!ack.ok) {
      this.#problem = ack;
      // Nobody is there any more: a message can be left instead.
      if (ack.error === 'busy') this.company.presence({ online: false });
      return false;
    }
    this.#begin(ack.stored).talk.begun(ack.started.message, ack.started.place);
    await this.#memory.keep(ack.stored);
    return true;
  }

  get #thread(): VisitorThread | null {
    return this.#state.at === 'talk' ? this.#state.thread : null;
  }

  #begin(stored: StoredChat): VisitorThread {
    if (!this.#sodium) throw new Error('begun before the keys were loaded');
    this.#thread?.close();
    this.#memory.current = stored;
    const thread = new VisitorThread({
      sodium: this.#sodium,
      socket: this.socket,
      stored,
      arrived: () => this.sound.play(),
      sent: (message) => this.#memory.sent(stored.chatId, message),
      gone: () => void this.#gone(thread),
    });
    this.#state = { at: 'talk', thread };
    return thread;
  }

  /** Whether a conversation hangs on the key believed here: a page without a pin may have believed another one. */
  #fits(stored: StoredChat | null): stored is StoredChat {
    return stored !== null && stored.identityKey === this.company.card?.identityKey;
  }

  /** Deleted by the server, long after its end. */
  async #gone(thread: VisitorThread): Promise<void> {
    await this.#memory.forget();
    if (thread.talk.entries.length > 0) {
      thread.talk.over(null);
      return;
    }
    thread.close();
    this.#lost = true;
    this.#state = { at: 'form' };
  }

  /** Another tab has begun a conversation, or put one away. */
  #otherTab(stored: StoredChat | null): void {
    const over = this.talk?.ended === true;
    const wanted = this.#state.at === 'form' || (over && stored?.chatId !== this.talk.id);
    if (wanted && this.#fits(stored)) this.#begin(stored).restore();
    if (!stored && over) this.#memory.current = null;
  }
}
