/** For tests: the tabs of one browser. */
import type { Tabs } from './consent-elsewhere';

type Channel = ReturnType<Tabs['open']>;

/** The tabs of one browser: what one says all others hear at once. */
export function browser() {
  const channels = new Set<Channel>();
  let ids = 0;
  const tab = (): Tabs & { page: EventTarget; crash(): void } => {
    const own: Channel[] = [];
    return {
      page: new EventTarget(),
      id: () => `tab${++ids}`,
      open() {
        const channel: Channel = {
          onmessage: null,
          postMessage(data: unknown) {
            if (!channels.has(channel)) return;
            for (const each of channels) {
              if (each !== channel) each.onmessage?.call(each as BroadcastChannel, { data } as MessageEvent);
            }
          },
          close: () => channels.delete(channel),
        };
        own.push(channel);
        channels.add(channel);
        return channel;
      },
      crash: () => own.forEach((each) => channels.delete(each)),
    };
  };
  return { tab };
}
