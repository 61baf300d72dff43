/**
 * The yardstick: screen capture, one RTCPeerConnection, a video element, and nothing else. Capture constraints, content
 * hint and sender settings are the product's (client/media/capture.ts, client/net/peer-link.ts); keep them so.
 */
import type { Browser, Page } from '@playwright/test';
import { keepPeers, type Link } from './link-stats';
import { PAGE_HELPERS } from './rig';

const MAX_BITRATE = 12_000_000;

/** As large as the picture on the operator's desk in a window of 1280×800: a larger one would cost more to paint. */
export const BARE_PAGE =
  '<!doctype html><title>bare</title><body style="margin:0"><video muted autoplay playsinline width="860" height="484">';

async function offer(maxBitrate: number): Promise<string> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { ideal: 30, max: 30 }, width: { max: 3840 }, height: { max: 2160 } },
    audio: false,
  });
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const track of stream.getVideoTracks()) {
    track.contentHint = 'detail';
    const sender = peer.addTrack(track, stream);
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState !== 'connected') return;
      const parameters = sender.getParameters();
      parameters.degradationPreference = 'maintain-resolution';
      for (const encoding of parameters.encodings) encoding.maxBitrate = maxBitrate;
      void sender.setParameters(parameters);
    });
  }
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return peer.localDescription?.sdp ?? '';
}

async function answer(sdp: string): Promise<string> {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  peer.ontrack = ({ streams: [stream] }) => {
    const video = document.querySelector('video');
    if (video) video.srcObject = stream ?? null;
  };
  await peer.setRemoteDescription({ type: 'offer', sdp });
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
  }
  return peer.localDescription?.sdp ?? '';
}

async function open(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(PAGE_HELPERS);
  await context.addInitScript(keepPeers);
  const page = await context.newPage();
  await page.goto(origin);
  return page;
}

/** Connects two pages. */
export async function openBareLink(sharing: Browser, viewing: Browser, origin: string): Promise<Link> {
  const sharer = await open(sharing, origin);
  const viewer = await open(viewing, origin);
  const reply = await viewer.evaluate(answer, await sharer.evaluate(offer, MAX_BITRATE));
  await sharer.evaluate((sdp) => globalThis.peers[0]?.setRemoteDescription({ type: 'answer', sdp }), reply);
  return {
    sharer,
    viewer,
    close: async () => {
      await sharer.context().close();
      await viewer.context().close();
    },
  };
}
