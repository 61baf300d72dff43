/** Styles of button and window. What a page could spoil from outside is marked important. */

const FONT = 'font:600 16px/1.25 system-ui,sans-serif';
const RING = ':focus-visible{outline:3px solid #1d4ed8;outline-offset:3px;box-shadow:0 0 0 3px #fff}';

export const BUTTON =
  `:host{all:initial;display:inline-block!important;vertical-align:middle}` +
  `:host([fixed]){position:fixed!important;bottom:20px;right:20px;z-index:2147483646}:host([fixed=bottom-left]){right:auto;left:20px}` +
  `[hidden]{display:none!important}` +
  `button{all:unset;box-sizing:border-box;cursor:pointer;position:relative;display:flex;align-items:center;justify-content:center;gap:10px;` +
  `min-height:56px;padding:6px 20px;border-radius:28px;background:#1e4fa3;color:#fff;${FONT};box-shadow:0 2px 10px #0005;border:1px solid transparent}` +
  `button:hover{background:#163d80}.pic,.pic:hover{padding:0;min-height:0;background:none;border-radius:4px;box-shadow:none}` +
  `:host(:not([fixed])) button{width:100%;height:100%;min-height:0;box-shadow:none}` +
  `img{display:block;max-width:100%;max-height:100%}` +
  `svg{width:24px;height:24px;flex:none;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}` +
  `b{position:absolute;top:-6px;right:-6px;min-width:14px;padding:3px 5px;border-radius:12px;background:#b3131b;color:#fff;font:700 13px/1.2 system-ui,sans-serif;text-align:center}` +
  RING +
  `@media print{:host{display:none!important}}`;

export const PANEL =
  `:host{all:initial}` +
  `div{box-sizing:border-box;position:fixed;z-index:2147483647;bottom:20px;right:20px;width:420px;height:660px;max-width:calc(100vw - 40px);max-height:calc(100dvh - 40px);` +
  `display:flex;flex-direction:column;overflow:hidden;border:1px solid #8888;border-radius:12px;background:Canvas;color:CanvasText;color-scheme:light dark;box-shadow:0 8px 40px #0006;${FONT}}` +
  `div[side=bottom-left]{right:auto;left:20px}div[large]{width:1280px;height:100dvh}` +
  // Not taken away, only out of sight: the conversation goes on in it.
  `div[away]{visibility:hidden}` +
  `p{display:flex;align-items:center;justify-content:space-between;margin:0;padding:4px 4px 4px 16px}` +
  `button{all:unset;cursor:pointer;display:flex;padding:10px;border-radius:8px}button:hover{background:#8883}` +
  `svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}` +
  `iframe{flex:1;width:100%;border:0}` +
  RING +
  `@media(max-width:500px){div{inset:0!important;width:auto;height:auto;max-width:none;max-height:none;border:0;border-radius:0}}` +
  `@media print{div{display:none}}`;
