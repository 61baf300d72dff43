// The programs and fonts outside npm that the tests need, and how to get them on Debian and Ubuntu.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian keeps administrators' programs where an ordinary user's PATH does not look.
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

function hasProgram(name) {
  return FOLDERS.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasFont(family) {
  const { stdout } = spawnSync('fc-list', [family, 'family'], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}

/** Debian hides the PostgreSQL server from the PATH, one folder a version. */
function hasPostgres() {
  if (hasProgram('initdb')) return true;
  try {
    return readdirSync('/usr/lib/postgresql').length > 0;
  } catch {
    return false;
  }
}

const program =
  (...names) =>
  () =>
    names.some(hasProgram);

const TOOLS = [
  {
    name: 'Chromium',
    apt: 'chromium',
    found: () => Boolean(process.env.CHROMIUM) || program('chromium', 'chromium-browser', 'google-chrome')(),
  },
  // Debian's own is older than what helper/go.mod asks for; from 1.21 on it fetches the right one by itself.
  { name: 'Go 1.26', apt: 'golang-go', found: program('go') },
  { name: 'Xvfb', apt: 'xvfb', found: program('Xvfb') },
  { name: 'openbox', apt: 'openbox', found: program('openbox') },
  { name: 'xdotool', apt: 'xdotool', found: program('xdotool') },
  { name: 'xinput', apt: 'xinput', found: program('xinput') },
  { name: 'xclip', apt: 'xclip', found: program('xclip') },
  { name: 'xprop', apt: 'x11-utils', found: program('xprop') },
  { name: 'xrandr', apt: 'x11-xserver-utils', found: program('xrandr') },
  { name: 'setxkbmap', apt: 'x11-xkb-utils', found: program('setxkbmap') },
  { name: 'Wine', apt: 'wine', found: program('wine') },
  { name: 'dbus-daemon', apt: 'dbus-daemon', found: program('dbus-daemon') },
  { name: 'Firefox', apt: 'firefox-esr', found: program('firefox-esr', 'firefox') },
  { name: 'coturn', apt: 'coturn', found: program('turnserver') },
  { name: 'ip', apt: 'iproute2', found: program('ip') },
  { name: 'faketime', apt: 'faketime', found: program('faketime') },
  { name: 'iptables', apt: 'iptables', found: program('iptables') },
  { name: 'PostgreSQL', apt: 'postgresql', found: hasPostgres },
  { name: 'fontconfig', apt: 'fontconfig', found: program('fc-list') },
  { name: 'a Japanese font', apt: 'fonts-noto-cjk', found: () => hasFont(':lang=ja') },
  { name: 'an emoji font', apt: 'fonts-noto-color-emoji', found: () => hasFont('Noto Color Emoji') },
];

const missing = () => TOOLS.filter((tool) => !tool.found());

/** Installs what is missing when it may; otherwise returns what is lacking, in words. */
export function ensureTools() {
  const wanted = missing();
  if (wanted.length === 0) return [];
  if (process.getuid?.() === 0 && hasProgram('apt-get')) {
    const packages = wanted.map((tool) => tool.apt);
    console.log(`Installing ${packages.join(' ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    apt('update', '-q');
    apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  }
  return missing().map((tool) => `${tool.name} (Debian package ${tool.apt})`);
}
