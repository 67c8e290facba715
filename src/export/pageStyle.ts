/** Lets editors recognize style sheets in text. */
const css = String.raw;

const dark = css`
  --bg: #1f1f1f;
  --fg: #cccccc;
  --link: #4daafc;
  --bad: #f0757a;
  --k: #c586c0;
  --d: #569cd6;
  --s: #ce9178;
  --n: #b5cea8;
  --f1: #e58080;
  --f2: #6fcf8f;
  --f3: #d9cf6b;
  --f4: #74aef0;
  --f5: #d58cd5;
  --f6: #5fc9d8;
`;

/** The tokens of the panel, in the colors of VS Code's modern themes; the system says which. */
export const pageStyle = css`
  :root {
    color-scheme: light dark;
    --bg: #ffffff;
    --fg: #3b3b3b;
    --link: #005fb8;
    --bad: #b3261e;
    --k: #af00db;
    --d: #0000ff;
    --s: #a31515;
    --n: #086e4f;
    --f1: #b3261e;
    --f2: #1a7f37;
    --f3: #7a6400;
    --f4: #0451a5;
    --f5: #9a2f9a;
    --f6: #056a7e;
    --text: color-mix(in srgb, var(--fg) 90%, var(--bg));
    --dim: color-mix(in srgb, var(--fg) 80%, var(--bg));
    --line-strong: color-mix(in srgb, var(--fg) 30%, var(--bg));
    --hover: color-mix(in srgb, var(--fg) 6%, var(--bg));
    --s1: 4px;
    --s2: 8px;
    --s3: 12px;
    --tallest: none;
    --ui: system-ui, sans-serif;
    --code: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    --fs-code: 13px;
    --fs-ui: 12px;
    --fs-label: 11px;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      ${dark}
    }
  }
  body {
    max-width: 1100px;
    margin: 0 auto;
    padding: 16px 12px 48px 0;
    background: var(--bg);
    color: var(--text);
    font: 400 13px/20px var(--ui);
    overflow-wrap: break-word;
  }
  header {
    margin: 0 0 16px 56px;
  }
  h1 {
    margin: 0;
    color: var(--fg);
    font: 600 16px/24px var(--ui);
  }
  header p {
    margin: 0;
    color: var(--dim);
    font-size: var(--fs-label);
  }
  article {
    display: grid;
    grid-template-columns: 46px minmax(0, 1fr);
    column-gap: 10px;
    margin-bottom: 12px;
    break-inside: avoid-page;
  }
  .number {
    color: var(--dim);
    font: 400 12px/20px var(--code);
    text-align: right;
  }
  .failed .number {
    color: var(--bad);
  }
  .body > * {
    margin: 0 0 4px;
  }
  pre {
    margin: 0;
    font: 400 13px/20px var(--code);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .source {
    color: var(--fg);
  }
  .stderr {
    padding-left: 8px;
    border-left: 2px dotted var(--line-strong);
  }
  .error b {
    color: var(--bad);
  }
  .trace,
  .late {
    color: var(--dim);
  }
  summary {
    color: var(--dim);
    font-size: var(--fs-label);
    cursor: pointer;
  }
  img {
    display: block;
    max-width: 100%;
    height: auto;
    border-radius: 4px;
  }
  a {
    color: var(--link);
  }
  .gap {
    color: var(--dim);
  }
  .k {
    color: var(--k);
  }
  .d {
    color: var(--d);
  }
  .s {
    color: var(--s);
  }
  .n {
    color: var(--n);
  }
  .c {
    color: var(--dim);
    font-style: italic;
  }
  .bold {
    font-weight: 600;
  }
  .dim {
    opacity: 0.75;
  }
  .italic {
    font-style: italic;
  }
  .underline {
    text-decoration: underline;
  }
  .strike {
    text-decoration: line-through;
  }
  .inverse {
    background: var(--fg);
    color: var(--bg);
  }
  ${[1, 2, 3, 4, 5, 6].map((color) => `.f${String(color)} { color: var(--f${String(color)}); } .b${String(color)} { background: color-mix(in srgb, var(--f${String(color)}) 22%, var(--bg)); }`).join('\n  ')}
`
  .replaceAll(/\s+/g, ' ')
  .trim();
