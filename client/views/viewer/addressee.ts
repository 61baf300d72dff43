/**
 * Tells the helper which surface is looked at, so that keys and text go there before any pointer has touched it. Said
 * once for each surface and again when the helper may have missed it; never more, for it may raise a window. Pure.
 */
export interface Addressing {
  /** Input is sent at all: wanted, linked, granted. */
  enabled: boolean;
  /** The helper drops input at the moment. */
  heldBack: boolean;
  /** Keys go there now. */
  held: boolean;
  /** Null without a picture. */
  surface: number | null;
}

export class Addressee {
  #told: number | null = null;

  /** @returns the surface to be named now; null: nothing to say */
  next({ enabled, heldBack, held, surface }: Addressing): number | null {
    if (!enabled) {
      this.#told = null; // a new link or grant knows nothing of it
      return null;
    }
    if (heldBack) {
      // Somebody uses that computer; what is typed afterwards still goes where it went.
      if (held) this.#told = null;
      return null;
    }
    if (surface === null || surface === this.#told) return null;
    this.#told = surface;
    return surface;
  }
}
