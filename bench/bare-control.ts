/**
 * The yardstick for operating: the bare picture of `bare.ts`, and beside it one data channel with plain JSON to a program
 * that does nothing but inject (helper/internal/bench/bare). No seal, no checks, no coalescing.
 */
import type { Browser } from '@playwright/test';
import { openBareLink } from './bare';
import type { Link } from './link-stats';
import { startLines } from './lines';
import { keepInputs } from './watch-inputs';

/** Runs in the page with the picture. @returns the offer, with every candidate in it */
async function offerChannel(): Promise<string> {
  const peer = new RTCPeerConnection();
  const channel = peer.createDataChannel('input');
  const video = document.querySelector('video');
  if (!video) throw new Error('no picture');
  // The only keys that are pressed here, as the X server numbers them.
  const keycodes: Record<string, number> = { KeyA: 38 };
  const send = (message: object) => channel.send(JSON.stringify(message));
  const key = (event: KeyboardEvent) => {
    event.preventDefault();
    send({ keycode: keycodes[event.code] ?? 0, down: event.type === 'keydown' });
  };
  const button = ({ clientX, clientY, type }: PointerEvent) => {
    const box = video.getBoundingClientRect();
    const x = Math.floor(((clientX - box.left) / box.width) * video.videoWidth);
    const y = Math.floor(((clientY - box.top) / box.height) * video.videoHeight);
    send({ button: 1, x, y, down: type === 'pointerdown' });
  };
  addEventListener('keydown', key);
  addEventListener('keyup', key);
  addEventListener('pointerdown', button);
  addEventListener('pointerup', button);
  globalThis.bareChannel = { peer, open: new Promise((resolve) => (channel.onopen = () => resolve())) };
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return JSON.stringify(peer.localDescription);
}

declare global {
  var bareChannel: { peer: RTCPeerConnection; open: Promise<void> };
}

/**
 * Connects two pages and the bare program.
 * @param options.program the bare program's file
 * @param options.display where it injects
 */
export async function openBareControl(
  sharing: Browser,
  viewing: Browser,
  options: { origin: string; program: string; display: string },
): Promise<Link> {
  const link = await openBareLink(sharing, viewing, options.origin);
  await link.viewer.evaluate(keepInputs);
  const helper = await startLines(options.program, [], { DISPLAY: options.display });
  const answer = await helper.ask(await link.viewer.evaluate(offerChannel));
  await link.viewer.evaluate(async (text) => {
    const { peer, open } = globalThis.bareChannel;
    await peer.setRemoteDescription(JSON.parse(text) as RTCSessionDescriptionInit);
    await open;
  }, answer);
  return {
    ...link,
    close: async () => {
      await helper.stop();
      await link.close();
    },
  };
}
