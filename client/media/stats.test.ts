import { describe, expect, it } from 'vitest';
import { StatsReader } from './stats';

/** The parts of a real Chromium report that matter here. */
function report(change: Record<string, object> = {}): RTCStatsReport {
  const base: Record<string, object> = {
    T: {
      type: 'transport',
      selectedCandidatePairId: 'P',
      dtlsCipher: 'TLS_AES_128_GCM_SHA256',
      srtpCipher: 'AEAD_AES_256_GCM',
    },
    P: { type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
    L: { type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    R: { type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp' },
    V: {
      type: 'inbound-rtp',
      kind: 'video',
      timestamp: 1000,
      bytesReceived: 0,
      framesPerSecond: 30,
      frameWidth: 1280,
      frameHeight: 720,
      codecId: 'C',
    },
    C: { type: 'codec', mimeType: 'video/VP8' },
    ...change,
  };
  return new Map(Object.entries(base).map(([id, stat]) => [id, { id, timestamp: 0, ...stat }]));
}

describe('StatsReader', () => {
  it('reads a direct path, the ciphers and the picture', () => {
    expect(new StatsReader().read(report())).toEqual({
      route: 'direct',
      protocol: 'udp',
      dtlsCipher: 'TLS_AES_128_GCM_SHA256',
      srtpCipher: 'AEAD_AES_256_GCM',
      framesPerSecond: 30,
      bitrateKbps: null,
      width: 1280,
      height: 720,
      codec: 'VP8',
    });
  });

  it.each([
    [
      { L: { type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' } },
      'tls',
    ],
    [
      { L: { type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' } },
      'tcp',
    ],
    [{ R: { type: 'remote-candidate', candidateType: 'relay' } }, 'udp'],
  ])('knows a relayed path', (change, protocol) => {
    expect(new StatsReader().read(report(change))).toMatchObject({ route: 'relayed', protocol });
  });

  it('measures the bitrate between two reports', () => {
    const reader = new StatsReader();
    reader.read(report());
    const later = report({
      V: { type: 'inbound-rtp', kind: 'video', timestamp: 2000, bytesReceived: 125_000 },
    });
    expect(reader.read(later)?.bitrateKbps).toBe(1000);
  });

  it('says unknown for what a browser hides, keeps odd cipher names harmless, and waits for a path', () => {
    expect(
      new StatsReader().read(report({ T: { type: 'transport', selectedCandidatePairId: 'P' } })),
    ).toMatchObject({
      dtlsCipher: 'unknown',
    });
    const odd = { type: 'transport', selectedCandidatePairId: 'P', dtlsCipher: '<b>\u202ex' };
    expect(new StatsReader().read(report({ T: odd }))?.dtlsCipher).toBe('bx');
    expect(new StatsReader().read(new Map() as unknown as RTCStatsReport)).toBeNull();
  });
});
