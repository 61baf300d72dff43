/** Runs inside the operator's page, before its own scripts: notes when keys and buttons went down, and what was sent when. */

declare global {
  /** When each key or button went down, in epoch milliseconds, noted before any handler of the page. */
  var inputs: number[];
  /** When each message left by a data channel or WebSocket, likewise. */
  var sends: number[];
}

export function keepInputs(): void {
  const now = () => performance.timeOrigin + performance.now();
  globalThis.inputs = [];
  globalThis.sends = [];
  const note = (event: Event) => {
    if (event.isTrusted && !(event instanceof KeyboardEvent && event.repeat)) globalThis.inputs.push(now());
  };
  addEventListener('keydown', note, true);
  addEventListener('pointerdown', note, true);
  for (const { prototype } of [RTCDataChannel, WebSocket]) {
    const send = prototype.send as (this: unknown, data: unknown) => void;
    prototype.send = function (this: unknown, data: unknown) {
      send.call(this, data);
      globalThis.sends.push(now());
    };
  }
}
