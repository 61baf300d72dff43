/** Which build of the helper fits this computer, as far as its browser tells. */
import type { HelperDownload } from '../../../shared/protocol/http';

/** What a browser says of its computer. */
export interface Told {
  userAgent: string;
  touchPoints: number;
  /** High-entropy value of `navigator.userAgentData`, where there is one: `x86` or `arm`. */
  architecture?: string | undefined;
  mobile?: boolean | undefined;
}

/** `phone`: no helper can run there. `arch` null: the browser does not tell, so both are offered. */
export type Computer =
  { system: HelperDownload['system']; arch: HelperDownload['arch'] | null } | 'phone' | 'other';

export function computerOf({ userAgent, touchPoints, architecture, mobile }: Told): Computer {
  const mac = userAgent.includes('Macintosh');
  // An iPad calls itself a Macintosh; no Mac has a touch screen.
  if (mobile === true || /Android|iPhone|iPad|iPod/.test(userAgent) || (mac && touchPoints > 1))
    return 'phone';
  // Windows on ARM runs programs made for x86-64.
  if (userAgent.includes('Windows')) return { system: 'windows', arch: 'amd64' };
  // Every browser on a Mac claims to run on Intel in its user agent.
  if (mac) return { system: 'macos', arch: archOf(architecture) };
  if (userAgent.includes('CrOS') || !userAgent.includes('Linux')) return 'other';
  return {
    system: 'linux',
    arch: archOf(architecture) ?? (/aarch64|arm64/i.test(userAgent) ? 'arm64' : 'amd64'),
  };
}

function archOf(architecture: string | undefined): HelperDownload['arch'] | null {
  if (architecture === 'arm') return 'arm64';
  return architecture === 'x86' ? 'amd64' : null;
}

interface UserAgentData {
  mobile?: boolean;
  getHighEntropyValues?: (hints: string[]) => Promise<{ architecture?: string }>;
}

/** Asks this browser. */
export async function thisComputer(): Promise<Computer> {
  const { userAgent, maxTouchPoints: touchPoints } = navigator;
  const data = (navigator as { userAgentData?: UserAgentData }).userAgentData;
  const more = await data?.getHighEntropyValues?.(['architecture']).catch(() => undefined);
  return computerOf({ userAgent, touchPoints, architecture: more?.architecture, mobile: data?.mobile });
}

/** Splits the builds into those for a computer and the rest. */
export function fitting(
  builds: readonly HelperDownload[],
  computer: Computer,
): { mine: HelperDownload[]; others: HelperDownload[] } {
  const fits = ({ system, arch }: HelperDownload) =>
    typeof computer === 'object' &&
    computer.system === system &&
    (computer.arch === null || computer.arch === arch);
  return { mine: builds.filter(fits), others: builds.filter((build) => !fits(build)) };
}
