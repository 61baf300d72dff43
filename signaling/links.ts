/** What the start prints. */
import type { DemoPeople } from './demo';

/** @param setupToken only while set-up is still to be done */
export function linksText(
  url: string,
  setupToken: string | undefined,
  people?: DemoPeople & { site?: string | undefined },
): string {
  const links: [string, string][] = [
    ['Customer page', `${url}/`],
    ['Operator desk', `${url}/desk`],
    setupToken === undefined
      ? ['Administration', `${url}/admin`]
      : ['One-time set-up', `${url}/setup#token=${encodeURIComponent(setupToken)}`],
  ];
  if (people?.site) links.push(['Sample company', people.site]);
  const lines = links.map(([name, link]) => `  ${name.padEnd(16)}${link}`);
  if (people) {
    lines.push('', '  Demo: everything below and in it is gone when this program stops.');
    lines.push(`  ${'Operator'.padEnd(16)}ID ${people.operator.id}, password ${people.operator.password}`);
    lines.push(
      `  ${'Administrator'.padEnd(16)}ID ${people.administrator.id}, password ${people.administrator.password}`,
    );
  }
  return ['', 'Tasuki is ready.', '', ...lines, ''].join('\n');
}
