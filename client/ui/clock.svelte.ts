/** The time, for countdowns: ticks once a second while somebody reads it in a template. */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000);
  return () => clearInterval(timer);
});

/** Epoch milliseconds. */
export function now(): number {
  subscribe();
  return Date.now();
}
