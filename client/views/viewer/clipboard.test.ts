import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HelperController } from '../../session/helper-controller.svelte';
import { ClipboardBridge } from './clipboard.svelte';

let own = '';
beforeEach(() => {
  vi.useFakeTimers();
  own = '';
  const clipboard = {
    readText: () => Promise.resolve(own),
    writeText: (text: string) => Promise.resolve(void (own = text)),
  };
  vi.stubGlobal('navigator', { clipboard });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A bridge to a helper that takes everything. */
function start() {
  const sent: string[] = [];
  const said: string[] = [];
  const controller = {
    canClipboard: true,
    onclipboard: null as ((text: string) => void) | null,
    answered: () => Promise.resolve(),
    sendClipboard(text: string) {
      sent.push(text);
      return 'sent' as const;
    },
  };
  const bridge = new ClipboardBridge(
    () => controller as unknown as HelperController,
    (text) => said.push(text),
  );
  bridge.listen();
  const paste = async (text: string) => {
    const arrived = bridge.pasting();
    const clipboardData = { getData: () => text };
    bridge.onpaste({ preventDefault: () => undefined, clipboardData } as unknown as ClipboardEvent);
    await arrived;
  };
  return { bridge, controller, sent, said, paste };
}

describe('pasting', () => {
  it('sends the text each time: the other clipboard may have changed meanwhile', async () => {
    const { sent, paste } = start();
    await paste('one');
    await paste('one');
    expect(sent).toEqual(['one', 'one']);
  });

  it('sends what came from there as well', async () => {
    const { controller, sent, paste } = start();
    controller.onclipboard?.('from there');
    await paste('from there');
    expect(sent).toEqual(['from there']);
  });

  it('sends nothing when no paste was waited for', () => {
    const { bridge, sent } = start();
    const clipboardData = { getData: () => 'dropped on the picture' };
    bridge.onpaste({ preventDefault: () => undefined, clipboardData } as unknown as ClipboardEvent);
    expect(sent).toEqual([]);
  });
});

describe('a clipboard that follows', () => {
  it('goes over with a click, once for each text', async () => {
    const { bridge, sent } = start();
    own = 'one';
    await bridge.setFollows(true);
    await bridge.focused();
    own = 'two';
    await bridge.focused();
    await bridge.focused();
    expect(sent).toEqual(['one', 'two']);
  });

  it('does not send back what came from there', async () => {
    const { bridge, controller, sent } = start();
    await bridge.setFollows(true);
    bridge.follows = true;
    controller.onclipboard?.('from there');
    await Promise.resolve();
    await bridge.focused();
    expect(own).toBe('from there');
    expect(sent).toEqual([]);
  });

  it('goes over again after the grant or the link was another one', async () => {
    const { bridge, sent } = start();
    own = 'one';
    await bridge.setFollows(true);
    bridge.parted();
    await bridge.focused();
    expect(sent).toEqual(['one', 'one']);
  });

  it('stays here without the grant', async () => {
    const { bridge, controller, sent } = start();
    await bridge.setFollows(true);
    controller.canClipboard = false;
    own = 'private';
    await bridge.focused();
    expect(sent).toEqual([]);
  });
});
