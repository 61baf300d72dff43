/** The sample company's own looks, light and dark, wide and narrow. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2a24; --soft: #52625a; --paper: #fff; --leaf: #1f6b4a; --pale: #eef5f0; --line: #d5e0d9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eee9; --soft: #a9bab1; --paper: #16201b; --leaf: #7fd0a8; --pale: #1e2c25; --line: #34463d; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.7 system-ui, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
a { color: var(--leaf); }
.note { margin: 0; padding: .5rem max(1rem, calc(50vw - 32rem)); background: #f5e6a8; color: #3b3208; font-size: .875rem; }
.note a { color: inherit; }
header, main, footer { padding-inline: max(1rem, calc(50vw - 32rem)); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; padding-block: 1rem; border-bottom: 1px solid var(--line); }
.name { display: flex; align-items: center; gap: .6rem; margin-inline-end: auto; font-size: 1.125rem; font-weight: 700; color: inherit; text-decoration: none; }
.name svg { width: 2rem; height: 2rem; fill: var(--leaf); flex: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a { padding-block: .4rem; text-decoration: none; }
nav a[aria-current] { border-bottom: 2px solid; font-weight: 600; }
h1 { margin: 0; font-size: clamp(1.75rem, 5vw, 2.75rem); line-height: 1.25; text-wrap: balance; }
h2 { margin: 0 0 .25rem; font-size: 1.125rem; }
p { margin: 0; }
.hero { display: grid; grid-template-columns: 1fr; gap: 1.5rem; align-items: center; padding-block: 3rem; }
.hero div { display: grid; gap: 1rem; justify-items: start; }
.hero svg { width: 100%; max-width: 22rem; height: auto; justify-self: center; }
.action { padding: .7rem 1.4rem; border-radius: .5rem; background: var(--leaf); color: var(--paper); font-weight: 600; text-decoration: none; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); padding-block-end: 5rem; }
.card { padding: 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--pale); }
.page { display: grid; gap: 1.5rem; padding-block: 2rem 6rem; }
.soft { color: var(--soft); }
.split { display: grid; gap: 1.5rem; align-items: start; }
.stack { display: grid; gap: .75rem; justify-items: start; }
dl { margin: 0; }
.row { display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding-block: 1rem; border-top: 1px solid var(--line); }
dt { font-weight: 700; flex: 1 1 8rem; }
dd { margin: 0; flex: 3 1 14rem; }
dd + dd { flex: 0 0 auto; font-variant-numeric: tabular-nums; }
iframe { max-width: 100%; border: 1px solid var(--line); border-radius: .75rem; }
footer { padding-block: 1.5rem 6rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
@media (min-width: 48rem) { .hero { grid-template-columns: 3fr 2fr; } .split { grid-template-columns: 1fr 1fr; } }
`;
