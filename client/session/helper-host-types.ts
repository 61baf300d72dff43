/** How far the helper of this computer is, and what its page needs of its surroundings. */
import type { Sodium } from '../../shared/crypto/sodium';
import type { SessionMessage } from '../../shared/protocol/channel';
import type { EndReason, Language, Mode, Party, Side } from '../../shared/protocol/common';
import type { HostLineMessage, Surface } from '../../shared/protocol/helper';
import type { Card } from '../../shared/protocol/relay';
import type { ServerSocket } from '../net/socket';
import type { SwitchSenses } from './grant-switches.svelte';
import type { StoredHelper } from './stored';

/** What the helper says of itself and of this desktop. */
export type Ready = Omit<Extract<HostLineMessage, { t: 'ready' }>, 't'>;

export const readyOf = ({ version, system, backend, reason }: Ready): Ready => ({
  version,
  system,
  backend,
  reason,
});

/** Why a helper that was handed out can come no more: its time is over, its rendezvous is in use, or the server refused. */
export type OfferEnd = 'time' | 'busy' | 'refused';

/** How far the helper of this computer is. */
export type HostStatus =
  | { at: 'none' }
  /** Handed out; `token` is in the file's name and in the `tasuki:` link. `adopted`: it runs already. */
  | { at: 'waiting'; token: string; adopted: boolean }
  /** Nobody started it in time, or the server refused it: only a new one can come. */
  | { at: 'expired'; why: OfferEnd }
  /** `ready` once its own line is open. */
  | { at: 'attached'; ready: Ready | null }
  /** The line to it is interrupted. What it operates it may still operate, peer to peer. */
  | { at: 'away'; ready: Ready | null }
  /** It was there, and the server has given up waiting for it. */
  | { at: 'gone' }
  /** The person goes on without it. `told`: nothing says that it may not have heard of this. */
  | { at: 'dismissed'; told: boolean };

/** What the host's side of the helper needs. */
export interface HelperHostDeps {
  sodium: Sodium;
  socket: Pick<ServerSocket, 'request' | 'replace'>;
  sessionId: string;
  side: Side;
  mode: Mode;
  /** The server's, as `location.origin` gives it. */
  origin: string;
  /** Of an earlier page of this session, or of the helper that opened this one. */
  stored: StoredHelper | undefined;
  card(): Card;
  language(): Language;
  windowsOnly(): boolean;
  surfaces(): Surface[];
  /** Gives the controller's browser its key, or tells it that there is no helper any more. */
  tellKey(key: string | null): void;
  /** To the controller's browser, peer to peer; lost while there is no link. */
  tellController(message: Extract<SessionMessage, { t: 'withheld' }>): void;
  /** Keeps what a reload must not lose. */
  remember(helper: StoredHelper): void;
  /** The helper ended the session, or its line was tampered with. */
  ended(by: Party, reason: EndReason): void;
  /** The browser's own unless a test says otherwise. */
  senses?: SwitchSenses;
}
