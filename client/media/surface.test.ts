import { describe, expect, it } from 'vitest';
import { Surface } from '../../shared/protocol/helper';
import { displayOptions } from './capture';
import { notAWindow, surfaceOf, type Told } from './surface';

const track = (label: string, settings: object): Told => ({ label, getSettings: () => settings });

describe('surfaceOf', () => {
  it('reads what Chromium says of a window under X11', () => {
    const settings = { displaySurface: 'window', width: 200, height: 150, frameRate: 30 };
    expect(surfaceOf(track('window:4194314:0', settings))).toEqual({
      kind: 'window',
      id: '4194314',
      width: 200,
      height: 150,
    });
  });

  it.each([
    ['screen:356:0', { displaySurface: 'monitor' }, 'monitor', '356'],
    ['screen:-1:0', { displaySurface: 'monitor' }, 'monitor', '-1'],
    ['web-contents-media-stream://3:2', { displaySurface: 'browser' }, 'tab', ''],
    ['', { displaySurface: 'window' }, 'window', ''],
    ['Primary Monitor', {}, 'unknown', ''],
    ['window:12:0', {}, 'window', '12'],
    // Contradictions count as the larger surface.
    ['screen:1:0', { displaySurface: 'window' }, 'monitor', '1'],
    ['window:1:0', { displaySurface: 'monitor' }, 'monitor', '1'],
    ['window:123456789012345678901:0', { displaySurface: 'window' }, 'window', ''],
    ['window:1:0', { displaySurface: 'toString' }, 'window', '1'],
  ])('%s %j is %s with id "%s"', (label, settings, kind, id) => {
    expect(surfaceOf(track(label, settings))).toMatchObject({ kind, id });
  });

  it.each([
    [1280.4, 1280],
    [-3, 0],
    [1e9, 32_768],
    [Number.NaN, 0],
    [undefined, 0],
  ])('a width of %s is told as %s, which the protocol accepts', (width, told) => {
    const surface = surfaceOf(track('window:7:0', { displaySurface: 'window', width, height: 10 }));
    expect(surface.width).toBe(told);
    expect(Surface.safeParse(surface).success).toBe(true);
  });
});

it('takes only windows and tabs under application selection', () => {
  const of = (kind: 'monitor' | 'window' | 'tab' | 'unknown') =>
    notAWindow({ kind, id: '', width: 0, height: 0 });
  expect([of('monitor'), of('unknown'), of('window'), of('tab')]).toEqual(['monitor', 'unknown', null, null]);
});

it('does not even offer whole screens under application selection', () => {
  expect(displayOptions(true)).toMatchObject({
    video: { displaySurface: 'window' },
    monitorTypeSurfaces: 'exclude',
    surfaceSwitching: 'exclude',
  });
  expect(displayOptions(false)).toMatchObject({ monitorTypeSurfaces: 'include' });
  expect(displayOptions(false).video).not.toHaveProperty('displaySurface');
});
