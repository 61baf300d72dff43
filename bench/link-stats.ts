/** Where the time of a frame goes, by the two browsers' own statistics; for people, printed per block. */
import type { Page } from '@playwright/test';

declare global {
  /** The page's connections, the oldest first. */
  var peers: RTCPeerConnection[];
}

/** Runs in a page before its own scripts: keeps hold of every new connection. */
export function keepPeers(): void {
  globalThis.peers = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      globalThis.peers.push(this);
    }
  };
}

/** Two pages, one of which shows its screen to the other. */
export interface Link {
  sharer: Page;
  viewer: Page;
  close: () => Promise<void>;
}

type Stat = Record<string, unknown> | undefined;

const videoStat = (page: Page, type: 'outbound-rtp' | 'inbound-rtp'): Promise<Stat> =>
  page.evaluate(async (wanted) => {
    // The newest one with a picture: a link that carries input has none.
    for (const peer of [...globalThis.peers].reverse()) {
      const all = [...(await peer.getStats()).values()] as Record<string, unknown>[];
      const found = all.find((stat) => stat.type === wanted && stat.kind === 'video');
      if (!found) continue;
      const codec = all.find((stat) => stat.id === found.codecId)?.mimeType;
      const estimate = all.find(
        (stat) => stat.availableOutgoingBitrate !== undefined,
      )?.availableOutgoingBitrate;
      return { ...found, codec, estimate };
    }
    return undefined;
  }, type);

/** Mean milliseconds of a total that the browser counts in seconds. */
function mean(stat: Stat, total: string, count: string): string {
  const value = (1000 * Number(stat?.[total])) / Number(stat?.[count]);
  return value.toFixed(1);
}

/** One line about a link between two pages. */
export async function linkSummary({ sharer, viewer }: Link): Promise<string> {
  const sent = await videoStat(sharer, 'outbound-rtp');
  const received = await videoStat(viewer, 'inbound-rtp');
  return [
    `${String(sent?.codec)} ${String(sent?.frameWidth)}×${String(sent?.frameHeight)}`,
    `encode ${mean(sent, 'totalEncodeTime', 'framesEncoded')}`,
    `pace ${mean(sent, 'totalPacketSendDelay', 'packetsSent')}`,
    `jitter buffer ${mean(received, 'jitterBufferDelay', 'jitterBufferEmittedCount')}`,
    `decode ${mean(received, 'totalDecodeTime', 'framesDecoded')} ms`,
    `estimate ${(Number(sent?.estimate) / 1e6).toFixed(1)} Mbit/s`,
    `limited by ${String(sent?.qualityLimitationReason)}`,
    `${String(received?.framesDecoded)} frames, ${String(received?.framesDropped)} dropped`,
  ].join(', ');
}
