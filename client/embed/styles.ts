/** Styles of the button (`button`) and the window (`div`). What a page could spoil from outside is marked important. */

const RIGHT = 'bottom:20px;right:20px;position:fixed!important;z-index:214748364';
const ALL = 'width:100%;height:100%;';

export const STYLES =
  // No baseline of its own, so that it stands exactly where the placeholder stood.
  `:host{all:initial;display:inline-block;contain:layout;width:240px;height:56px}` +
  `:host([fixed]){width:auto;height:auto;${RIGHT}6}` +
  `:host(tasuki-chat){display:contents}` +
  `[hidden]{display:none!important}` +
  `button{all:unset;box-sizing:border-box;cursor:pointer;position:relative;display:flex;align-items:center;font:600 16px/1.25 system-ui,sans-serif;color:#fff}` +
  // The same width whatever it says: where it changes, nothing moves.
  `.own{gap:10px;min-width:240px;min-height:56px;padding:6px 16px;border-radius:28px;background:#1e4fa3;box-shadow:0 2px 10px #0005;border:1px solid transparent}` +
  `.own:hover{background:#163d80}` +
  // A speech bubble: no picture and no SVG, which a policy or a page could get at.
  `.own::before{content:"•••";padding:2px 6px;border-radius:9px 9px 9px 1px;background:#fff;color:#1e4fa3;font-size:12px}` +
  `:host(:not([fixed])) button{${ALL}min-width:0;min-height:0}` +
  `img{max-width:100%;max-height:100%}` +
  `b{position:absolute;top:-6px;right:-6px;min-width:14px;padding:3px 5px;border-radius:12px;background:#b3131b;font-size:13px;text-align:center}` +
  `:focus-visible{outline:3px solid #1e4fa3;outline-offset:3px;box-shadow:0 0 0 3px #fff}` +
  `div{box-sizing:border-box;${RIGHT}7;width:min(470px,100vw - 40px);height:min(660px,100dvh - 40px);` +
  `overflow:hidden;border:1px solid #8888;border-radius:12px;background:Canvas;color-scheme:light dark;box-shadow:0 8px 40px #0006}` +
  `[large]{width:min(1280px,100vw - 40px);height:calc(100dvh - 40px)}` +
  `:host([fixed=bottom-left]),[fixed=bottom-left]{right:auto;left:20px}` +
  // Not taken away, only out of sight: the conversation goes on in it.
  `[away]{visibility:hidden}` +
  `div button{position:absolute;top:12px;right:12px;color:CanvasText}` +
  `iframe{${ALL}border:0}` +
  `@media(max-width:500px){div{inset:0!important;width:auto!important;height:auto!important;border:0;border-radius:0}}` +
  `@media print{:host{display:none!important}}`;
