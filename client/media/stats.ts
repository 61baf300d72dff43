/** Reads what the two browsers know about their link out of the standard statistics. */
import type { NetworkReport } from '../../shared/protocol/common';

export interface LinkStats extends NetworkReport {
  roundTripMs: number | null;
  framesPerSecond: number | null;
  bitrateKbps: number | null;
  width: number | null;
  height: number | null;
  /** Capture at the sharer → display here. */
  lagMs: number | null;
  codec: string | null;
}

type Stat = Record<string, unknown> & { id: string; type: string; timestamp: number };

const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
/** Cipher names go to the audit; anything a browser might put there beside the standard names is dropped. */
const cipher = (value: unknown): string =>
  (text(value) ?? 'unknown').replace(/[^A-Za-z0-9_-]/g, '').slice(0, 80);

/** Keeps the previous byte count, so that one instance measures one link. */
export class StatsReader {
  #bytes: { count: number; at: number } | null = null;

  /** @returns null while the link has no selected path */
  read(report: RTCStatsReport): Omit<LinkStats, 'roundTripMs' | 'lagMs'> | null {
    const all = [...report.values()] as Stat[];
    const get = (id: unknown) => (typeof id === 'string' ? (report.get(id) as Stat | undefined) : undefined);
    const transport = all.find((stat) => stat.type === 'transport');
    const pair =
      get(transport?.selectedCandidatePairId) ??
      all.find(
        (stat) => stat.type === 'candidate-pair' && (stat.selected === true || stat.nominated === true),
      );
    const local = get(pair?.localCandidateId);
    const remote = get(pair?.remoteCandidateId);
    if (!local) return null;
    const video = all.find(
      (stat) => (stat.type === 'inbound-rtp' || stat.type === 'outbound-rtp') && stat.kind === 'video',
    );
    return {
      ...pathOf(local, remote),
      dtlsCipher: cipher(transport?.dtlsCipher),
      srtpCipher: cipher(transport?.srtpCipher),
      framesPerSecond: number(video?.framesPerSecond),
      bitrateKbps: this.#bitrate(video),
      width: number(video?.frameWidth),
      height: number(video?.frameHeight),
      codec: text(get(video?.codecId)?.mimeType)?.replace(/^video\//, '') ?? null,
    };
  }

  #bitrate(video: Stat | undefined): number | null {
    const count = number(video?.bytesReceived) ?? number(video?.bytesSent);
    if (!video || count === null) return null;
    const before = this.#bytes;
    this.#bytes = { count, at: video.timestamp };
    if (!before || video.timestamp <= before.at) return null;
    return Math.max(0, Math.round(((count - before.count) * 8) / (video.timestamp - before.at)));
  }
}

function pathOf(local: Stat, remote: Stat | undefined): Pick<NetworkReport, 'route' | 'protocol'> {
  const relayed = local.candidateType === 'relay' || remote?.candidateType === 'relay';
  const protocol = text(local.relayProtocol) ?? text(local.protocol) ?? 'udp';
  return {
    route: relayed ? 'relayed' : 'direct',
    protocol: protocol === 'tls' || protocol === 'tcp' ? protocol : 'udp',
  };
}
