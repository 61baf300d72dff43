import { expect, it } from 'vitest';
import { fileName, helperLink, startCommand } from './file';

const TOKEN = 'AQAA_-9';

it('puts the token into the name of the file, before the suffix', () => {
  expect(fileName({ suffix: '.exe' }, TOKEN)).toBe('tasuki-helper-AQAA_-9.exe');
  expect(fileName({ suffix: '' }, TOKEN)).toBe('tasuki-helper-AQAA_-9');
});

it('makes the link for a helper that is there already', () => {
  expect(helperLink(TOKEN)).toBe('tasuki:AQAA_-9');
});

it('starts the very file that was downloaded', () => {
  expect(startCommand({ system: 'windows', suffix: '.exe' }, TOKEN)).toBeNull();
  expect(startCommand({ system: 'macos', suffix: '' }, TOKEN)).toBe(
    'cd ~/Downloads && chmod +x ./tasuki-helper-AQAA_-9 && ./tasuki-helper-AQAA_-9',
  );
  expect(startCommand({ system: 'linux', suffix: '' }, TOKEN)).toContain('&& ./tasuki-helper-AQAA_-9');
});
