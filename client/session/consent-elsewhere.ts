/**
 * Consent pages in other tabs of this browser. Remote input must keep off them too: otherwise an operator could agree to
 * a second session in the customer's name. They tell the page that has a helper while they have the focus.
 */
const CHANNEL = 'tasuki-consent';

interface Said {
  asking: boolean;
}

/**
 * While a consent page is shown: tells other tabs whether it has the focus.
 * @returns a function that ends it
 */
export function announceConsent(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const say = (asking: boolean) => channel.postMessage({ asking } satisfies Said);
  const focused = () => say(true);
  const blurred = () => say(false);
  addEventListener('focus', focused);
  addEventListener('blur', blurred);
  say(document.hasFocus());
  return () => {
    say(false);
    removeEventListener('focus', focused);
    removeEventListener('blur', blurred);
    channel.close();
  };
}

/**
 * Listens to the other tabs of this origin.
 * @returns a function that stops it
 */
export function hearConsent(changed: (asking: boolean) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Said | null>) => changed(data?.asking === true);
  return () => channel.close();
}
