import { afterEach, expect, it, vi } from 'vitest';
import { HostPage } from './host-page';

const HOST = 'https://www.example.com';

/** A window in a frame; `parent` notes what it is told. */
function framed(parent: object = { postMessage: vi.fn() }) {
  const page = new EventTarget();
  vi.stubGlobal('window', { parent });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const say = (data: unknown, origin = HOST, source: unknown = parent) =>
    page.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
  return { parent, say };
}
afterEach(() => vi.unstubAllGlobals());

const OPEN = { tasuki: 'open', page: 'https://www.example.com/shop', title: 'Shop' };

it('hears the loader of the page that it was opened for, and nobody else', () => {
  const { say } = framed();
  const heard: unknown[] = [];
  const release = new HostPage(`?host=${encodeURIComponent(HOST)}`).listen((message) => heard.push(message));
  say(OPEN);
  say(OPEN, 'https://evil.test');
  say(OPEN, HOST, {});
  say({ tasuki: 'open' });
  say({ ...OPEN, more: 1 });
  say('tasuki');
  say({ tasuki: 'open', page: 'javascript:alert(1)', title: 'x'.repeat(300) });
  release();
  say(OPEN);
  expect(heard).toEqual([OPEN, { tasuki: 'open', page: null, title: 'x'.repeat(200) }]);
});

it('tells that page only', () => {
  const { parent } = framed();
  const page = new HostPage(`?host=${encodeURIComponent(`${HOST}/path`)}`);
  page.listen(() => undefined);
  page.tell({ tasuki: 'unread', count: 2 });
  const told = (parent as { postMessage: ReturnType<typeof vi.fn> }).postMessage.mock.calls;
  expect(told).toEqual([
    [{ tasuki: 'ready' }, HOST],
    [{ tasuki: 'unread', count: 2 }, HOST],
  ]);
});

it.each(['', '?host=', '?host=null', '?host=javascript:alert(1)', '?host=file:///etc'])(
  'without an origin there is nobody to talk to: %s',
  (search) => {
    const { parent, say } = framed();
    const page = new HostPage(search);
    const heard: unknown[] = [];
    page.listen((message) => heard.push(message));
    say(OPEN, 'null');
    expect(page.there).toBe(false);
    expect(heard).toEqual([]);
    expect((parent as { postMessage: ReturnType<typeof vi.fn> }).postMessage).not.toHaveBeenCalled();
  },
);

it('a page of its own has no host, whatever its address says', () => {
  const top = {};
  vi.stubGlobal('window', Object.assign(top, { parent: top }));
  expect(new HostPage(`?host=${HOST}`).there).toBe(false);
});
