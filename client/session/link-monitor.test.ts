import { describe, expect, it, vi } from 'vitest';
import type { NetworkReport } from '../../shared/protocol/common';
import type { LinkHost } from './link-host';
import { LinkMonitor } from './link-monitor';

const REPORT = new Map<string, object>([
  ['T', { id: 'T', type: 'transport', selectedCandidatePairId: 'P', dtlsCipher: 'D', srtpCipher: 'S' }],
  ['P', { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' }],
  ['L', { id: 'L', type: 'local-candidate', candidateType: 'host', protocol: 'udp' }],
  ['R', { id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp' }],
]);
const NETWORK: NetworkReport = { route: 'direct', protocol: 'udp', dtlsCipher: 'D', srtpCipher: 'S' };

function set() {
  const links = { up: true, link: { stats: () => Promise.resolve(REPORT) }, send: vi.fn() };
  const report = vi.fn((network: NetworkReport) => Promise.resolve(network.route === 'direct'));
  const none = () => undefined;
  const monitor = new LinkMonitor(links as unknown as LinkHost, {
    stats: none,
    silent: none,
    alive: none,
    report,
  });
  return { links, report, monitor };
}

describe('LinkMonitor', () => {
  it('reports the path as soon as the link is up, so that the shortest session is in the audit', async () => {
    const { monitor, report } = set();
    monitor.restart();
    await vi.waitFor(() => expect(report).toHaveBeenCalledExactlyOnceWith(NETWORK));
  });

  it('reports a path once, and again until the server has taken it', async () => {
    const { monitor, report } = set();
    report.mockResolvedValueOnce(false);
    monitor.restart();
    await vi.waitFor(() => expect(report).toHaveBeenCalledTimes(1));
    monitor.tick();
    await vi.waitFor(() => expect(report).toHaveBeenCalledTimes(2));
    monitor.tick();
    monitor.tick();
    await new Promise((resolve) => setImmediate(resolve));
    expect(report).toHaveBeenCalledTimes(2);
  });
});
