/** What a cryptographic check can find. Every one of them ends the session as `tampered`. */

export type TamperKind =
  | 'share' // the peer's share is no group element, or the neutral one
  | 'confirmation' // the peer does not know the code
  | 'forged' // a frame does not verify
  | 'claim' // whoever wants to answer a chat is not vouched for by the tenant's key
  | 'replayed' // a frame came twice or late
  | 'missing' // a frame was dropped
  | 'unexpected' // a message that this step of the ladder does not allow
  | 'malformed' // verified, but not a message we know
  | 'mismatch'; // the server's word about the host differs from the operator's own card

export class TamperError extends Error {
  constructor(readonly kind: TamperKind) {
    super(`tampered: ${kind}`);
    this.name = 'TamperError';
  }
}
