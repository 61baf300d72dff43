/**
 * One support session in a browser: hears what the server and the other side say, and has `SessionCore` run `step` and
 * perform its effects. The two sides differ only in the small subclasses `CustomerSession` and `OperatorSession`.
 */
import type { Phase } from '../../shared/session/machine';
import type { SessionMessage } from '../../shared/protocol/channel';
import { otherSide, type EndReason, type IceConfig, type Party } from '../../shared/protocol/common';
import type { HelperState } from '../../shared/protocol/helper';
import type { RelayEnvelope, RelayMessage } from '../../shared/protocol/relay';
import { LINKED, SessionCore, type SessionDeps } from './session-core.svelte';
import type { SeenPicture, SessionPictures } from './session-pictures.svelte';
import type { StoredSession } from './stored';

export type { SeenPicture, SessionDeps };

export abstract class LiveSession<S extends StoredSession = StoredSession> extends SessionCore<S> {
  #online = $state(true);
  #peerPresent = $state(false);

  constructor(deps: SessionDeps<S>, from: Phase) {
    super(deps, from);
    this.#peerPresent = deps.peerPresent ?? false;
  }

  override get online(): boolean {
    return this.#online;
  }
  override get peerPresent(): boolean {
    return this.#peerPresent;
  }
  /** What the server wants to see when a new socket takes this session up. */
  get ticket(): { sessionId: string; resume: string } {
    return { sessionId: this.id, resume: this.stored.resume };
  }

  /** Over, and the server knows. */
  get settled(): boolean {
    return this.phase.at === 'ended' && this.report.told;
  }

  /** Hands over what must be given back when the session is over. */
  onRelease(release: () => void): void {
    this.report.onRelease(release);
  }

  /** The snapshot this side sends when an epoch of the relay begins. */
  protected abstract snapshot(): RelayMessage[];
  /** Messages only one side receives. @throws TamperError when it has no business sending this */
  protected abstract onRelayMessage(message: RelayMessage): void;

  /** Told by the socket's owner. */
  attached(ice: IceConfig, peerPresent: boolean): void {
    this.parts.link.takeIce(ice);
    this.#online = true;
    this.#peerPresent = peerPresent;
    this.runner.confirm();
    const { phase } = this;
    if (phase.at === 'ended') void this.report.tell(phase.by, phase.reason, true);
    else this.line.attached();
    this.parts.helper.attached();
    void this.parts.pictures.tellSelection();
  }

  detached(): void {
    this.#online = false;
    this.#peerPresent = false;
    this.line.detached();
    this.parts.helper.detached();
  }

  /** What the server says of the helper; also part of each snapshot. */
  helperChanged(state: HelperState): void {
    this.parts.helper.changed(state);
  }

  /** From the helper, over the server. */
  receiveFromHelper(envelope: RelayEnvelope): void {
    if (this.phase.at !== 'ended') this.parts.helper.receive(envelope);
  }

  peerChanged(present: boolean): void {
    this.#peerPresent = present;
    if (present) this.line.peerArrived();
  }

  /** The server says it is over. */
  ended(by: Party, reason: EndReason): void {
    this.report.known();
    this.finish(by, reason);
  }

  receive(envelope: RelayEnvelope): void {
    if (this.phase.at !== 'ended') this.line.receive(envelope);
  }

  /** The other side's pictures, as its messages name them. */
  protected takePictures(pictures: Parameters<SessionPictures['take']>[0]): void {
    this.parts.pictures.take(pictures);
  }

  /** What this side shows, for the other side's viewer. */
  protected get ownPictures(): SessionPictures['own'] {
    return this.parts.pictures.own;
  }

  /** A fresh epoch: both sides say where they stand, and a link that died meanwhile is replaced. */
  protected override onEpoch(): void {
    if (this.phase.at === 'ended') return;
    for (const message of this.snapshot()) this.line.send(message);
    const { host } = this.parts.helper;
    if (host) this.line.send({ t: 'helper', key: host.peerKey });
    this.dispatch({ type: 'relayOpened', linked: this.parts.link.up });
    if (LINKED.includes(this.phase.at) && !this.runner.sharer && !this.parts.link.up)
      this.parts.link.relink();
  }

  protected override onMessage(message: RelayMessage): void {
    switch (message.t) {
      case 'signal':
        if (this.phase.at === 'picking' || LINKED.includes(this.phase.at)) this.parts.link.receive(message);
        return;
      case 'relink':
        this.dispatch({ type: 'relink' });
        return;
      case 'end':
        this.finish(otherSide(this.side), message.reason);
        return;
      case 'helper':
        this.parts.helper.takeKey(message.key);
        return;
      default:
        this.onRelayMessage(message);
    }
  }

  protected override onChannel(message: SessionMessage): void {
    if (message.t === 'end') {
      this.finish(otherSide(this.side), message.reason);
    } else if (message.t === 'requested') {
      this.onrequested?.(message.grant, message.shown);
    } else if (message.t === 'request' || message.t === 'withheld') {
      const answer = this.parts.helper.message(message);
      if (answer) this.parts.link.send(answer);
    }
  }
}
