import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFitForSession } from './frame';

interface Frame {
  allowed?: boolean;
  width?: number;
  height?: number;
  top?: boolean;
}

function stand({ allowed, width = 360, height = 420, top = false }: Frame): void {
  const own = {};
  vi.stubGlobal('window', Object.assign(own, { parent: top ? own : {} }));
  vi.stubGlobal('innerWidth', width);
  vi.stubGlobal('innerHeight', height);
  const featurePolicy = { allowsFeature: (name: string) => name === 'display-capture' && allowed === true };
  vi.stubGlobal('document', allowed === undefined ? {} : { featurePolicy });
}
afterEach(() => vi.unstubAllGlobals());

describe('a session runs in the frame', () => {
  it('when it may capture and has room', () => {
    stand({ allowed: true });
    expect(isFitForSession()).toBe(true);
  });

  it.each<[string, Frame]>([
    ['the page has not allowed it', { allowed: false }],
    ['the browser does not tell', {}],
    ['it is too small to read the question', { allowed: true, height: 300 }],
    ['it is too narrow', { allowed: true, width: 200 }],
  ])('not when %s', (_why, frame) => {
    stand(frame);
    expect(isFitForSession()).toBe(false);
  });

  it('always when there is no frame', () => {
    stand({ top: true, allowed: false, height: 100 });
    expect(isFitForSession()).toBe(true);
  });
});
