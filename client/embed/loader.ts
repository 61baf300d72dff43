/**
 * `/chat.js`: puts the chat button on any web page (T-RS-3). Everything is the server's own; nothing but this file, one
 * stream of the button's state and the button's picture is fetched before the button is pressed.
 */
import { createSite, type Site } from './site';

declare global {
  /** The only name that the loader adds to a page. */
  var Tasuki: Site | undefined;
}

const script = document.currentScript;
globalThis.Tasuki ??= createSite();
if (script instanceof HTMLScriptElement) globalThis.Tasuki.add(script);
