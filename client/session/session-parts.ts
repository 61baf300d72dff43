/** Puts the parts of one session together: each knows the others only through what is handed to it here. */
import type { Sodium } from '../../shared/crypto/sodium';
import type { SessionMessage } from '../../shared/protocol/channel';
import type { EndReason, IceConfig, Party } from '../../shared/protocol/common';
import type { Card, RelayMessage } from '../../shared/protocol/relay';
import type { Capture, Phase, SessionEvent } from '../../shared/session/machine';
import type { ServerSocket } from '../net/socket';
import type { SessionParts } from './session-face.svelte';
import { SessionHelper } from './session-helper';
import { SessionLink } from './session-link.svelte';
import { SessionPictures } from './session-pictures.svelte';
import type { StoredHelper, StoredSession } from './stored';

/** What the parts need of their session. */
export interface PartsDeps {
  sodium: Sodium;
  socket: ServerSocket;
  stored: StoredSession;
  ice: IceConfig;
  sharer: boolean;
  card(): Card;
  windowsOnly(): boolean;
  phase(): Phase['at'];
  key(): Uint8Array;
  reachable(): boolean;
  dispatch(event: SessionEvent): void;
  finish(by: Party, reason: EndReason): void;
  failed(error: unknown): void;
  /** Over the sealed relay. */
  send(message: RelayMessage): void;
  capture(capture: Capture): void;
  picturesChanged(): void;
  remember(helper: StoredHelper): void;
  message(message: SessionMessage): void;
}

/** @returns link, pictures and helper, wired to each other and to their session */
export function makeParts(deps: PartsDeps): SessionParts {
  const { sodium, socket, sharer, send, phase } = deps;
  const { id: sessionId, side, mode, helper: stored } = deps.stored;
  const common = { sodium, socket, sessionId, side, mode, sharer };
  const parts = {} as SessionParts;
  parts.pictures = new SessionPictures({
    windowsOnly: () => deps.windowsOnly(),
    choosing: () => phase() === 'picking',
    capture: (capture) => deps.capture(capture),
    shown: () => {
      deps.capture('on');
      parts.helper.begin();
    },
    unsupported: () => deps.finish(side, 'unsupported'),
    changed: () => deps.picturesChanged(),
    tellSelection: async (windows) => (await socket.request('session:selection', { sessionId, windows })).ok,
  });
  parts.link = new SessionLink({
    ...common,
    ice: deps.ice,
    key: () => deps.key(),
    phase,
    reachable: () => deps.reachable(),
    send,
    dispatch: (event) => deps.dispatch(event),
    up: () => parts.helper.host?.linkUp(),
    stream: (stream) => parts.pictures.arrived(stream),
    message: (message) => deps.message(message),
    tampered: (error) => deps.failed(error),
  });
  parts.helper = new SessionHelper({
    ...common,
    stored,
    ice: () => parts.link.ice,
    card: () => deps.card(),
    windowsOnly: () => deps.windowsOnly(),
    surfaces: () => parts.pictures.surfaces,
    tellKey: (key) => send({ t: 'helper', key }),
    tellController: (message) => parts.link.send(message),
    remember: (helper) => deps.remember(helper),
    ended: (by, reason) => deps.finish(by, reason),
  });
  return parts;
}
