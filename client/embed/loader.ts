/**
 * `/chat.js`: puts the chat button on any web page (T-RS-3). Everything is the server's own; nothing but this file and one
 * stream of the button's state is fetched before the button is pressed.
 */
import { Site } from './site';

declare global {
  /** The only name that the loader adds to a page. */
  var Tasuki: Pick<Site, 'add' | 'open' | 'close'> | undefined;
}

const script = document.currentScript;
globalThis.Tasuki ??= new Site();
if (script instanceof HTMLScriptElement) globalThis.Tasuki.add(script);
