/** What the views see of a session and may ask of it; nothing here decides anything. */
import type { Grants } from '../../shared/protocol/helper';
import type { EndReason, Mode, Party, Side } from '../../shared/protocol/common';
import type { Phase } from '../../shared/session/machine';
import type { SessionHelper } from './session-helper';
import type { Quality, SessionLink } from './session-link.svelte';
import type { SeenPicture, SessionPictures } from './session-pictures.svelte';

/** The parts of a session that stand beside its relay line. */
export interface SessionParts {
  link: SessionLink;
  pictures: SessionPictures;
  helper: SessionHelper;
}

export abstract class SessionFace {
  abstract readonly side: Side;
  abstract readonly mode: Mode;
  abstract readonly phase: Phase;
  protected abstract readonly parts: SessionParts;
  protected abstract finish(by: Party, reason: EndReason): void;

  /** Controller: told whether the person there is asked for a grant. Set by whoever shows the picture. */
  onrequested: ((grant: keyof Grants, shown: boolean) => void) | null = null;

  /** On the side whose computer is operated by a helper. */
  get helperHost(): SessionHelper['host'] {
    return this.parts.helper.host;
  }
  /** On the side that operates. */
  get helperController(): SessionHelper['controller'] {
    return this.parts.helper.controller;
  }
  /** What this side shows. */
  get shared(): SessionPictures['shared'] {
    return this.parts.pictures.shared;
  }
  /** The first of it. */
  get localStream(): MediaStream | null {
    return this.shared[0]?.stream ?? null;
  }
  /** No further window fits. */
  get sharedFull(): boolean {
    return this.parts.pictures.full;
  }
  /** Why what was chosen last is not shown. */
  get pickProblem(): SessionPictures['problem'] {
    return this.parts.pictures.problem;
  }
  /** What the other side shows, each with its place. */
  get pictures(): SeenPicture[] {
    return this.parts.pictures.seen;
  }
  /** The first picture. */
  get remoteStream(): MediaStream | null {
    return this.parts.pictures.first;
  }
  get stats(): SessionLink['stats'] {
    return this.parts.link.stats;
  }
  get quality(): Quality {
    return this.parts.link.quality;
  }

  /** Viewer: asks the sharer to prefer sharp text or smooth motion. */
  setQuality(prefer: Quality): void {
    this.parts.link.setQuality(prefer);
  }

  /** Controller: asks the person there to switch a grant on. @returns false while there is no link to ask over */
  askFor(grant: keyof Grants): boolean {
    return this.parts.link.send({ t: 'request', grant });
  }

  /** Viewer: what the picture element measured, capture → display, in milliseconds. */
  noteLag(ms: number): void {
    this.parts.link.noteLag(ms);
  }

  /** Opens the browser's picker; call it from a click. Under application selection it adds a window. */
  async chooseScreen(): Promise<void> {
    if (this.phase.at === 'picking') await this.parts.pictures.choose();
  }

  /** Application selection: takes a chosen window off the list again. */
  removeShared(stream: MediaStream): void {
    if (this.phase.at === 'picking') this.parts.pictures.remove(stream);
  }

  /** Application selection: the windows on the list are shown from now on. */
  finishChoosing(): void {
    if (this.phase.at === 'picking' && this.shared.length > 0) this.parts.pictures.show();
  }

  /** Ends the session at once, whatever it is doing. */
  end(): void {
    this.finish(this.side, 'cancelled');
  }
}
