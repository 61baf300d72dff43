/** Runs in the operator's page: more input than any person makes, through the product's own handlers and link. */

declare global {
  /** The data channel to the helper that carries input. */
  var inputChannel: RTCDataChannel | undefined;
  var stopFlood: () => void;
}

/** Before the page's own scripts: keeps hold of the channel. */
export function keepInputChannel(): void {
  const { prototype } = RTCPeerConnection;

  const create = prototype.createDataChannel;
  prototype.createDataChannel = function (this: RTCPeerConnection, label, init) {
    const channel = create.call(this, label, init);
    if (label === 'input') globalThis.inputChannel = channel;
    return channel;
  };
}

/**
 * Presses and releases a key again and again, as fast as the channel takes it.
 * @returns how many messages that were, and when the first left in epoch milliseconds
 */
export async function floodKeys(ms: number): Promise<{ sent: number; began: number }> {
  const { port1, port2 } = new MessageChannel();
  // Not a timer: those wait 4 ms.
  const turn = () =>
    new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  const press = (type: 'keydown' | 'keyup') => {
    const key = new KeyboardEvent(type, {
      code: 'KeyA',
      key: 'a',
      keyCode: 65,
      bubbles: true,
      cancelable: true,
    });
    document.activeElement?.dispatchEvent(key);
  };
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < ms) {
    for (let stroke = 0; stroke < 20; stroke++, sent += 2) {
      press('keydown');
      press('keyup');
    }
    do await turn();
    while ((globalThis.inputChannel?.bufferedAmount ?? 0) > 32_000);
  }
  return { sent, began: performance.timeOrigin + began };
}

/** Moves the pointer without end. Pages send one move a frame; here a frame is over as soon as it began. */
export function floodMoves(): void {
  const { port1, port2 } = new MessageChannel();
  const frames: FrameRequestCallback[] = [];
  const frame = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  const box = document.querySelector('video')?.getBoundingClientRect();
  const element = document.activeElement;
  if (!box || !element) throw new Error('no picture');
  let step = 0;
  port1.onmessage = () => {
    const way = (step++ % 100) / 100;
    const clientX = box.left + box.width * (0.2 + 0.2 * way);
    const clientY = box.top + box.height * 0.3;
    element.dispatchEvent(
      new PointerEvent('pointermove', { clientX, clientY, pointerType: 'mouse', bubbles: true }),
    );
    for (const act of frames.splice(0)) act(performance.now());
    port2.postMessage(null);
  };
  port2.postMessage(null);
  globalThis.stopFlood = () => {
    port1.close();
    globalThis.requestAnimationFrame = frame;
    for (const act of frames.splice(0)) frame(act);
  };
}
