/** Lets editors recognize style sheets in text. */
const css = String.raw;

/** The styles of foreign markup in the panel. The tokens come from the page around it. */
export const outputStyle = css`
  :host {
    display: block;
    max-width: 100%;
    max-height: var(--tallest);
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
    color: var(--text);
    font: 400 13px/20px var(--ui);
    contain: content;
    container-type: inline-size;
  }
  :host(.breaks-anywhere) {
    line-break: anywhere;
  }
  /* At most as wide as the output. With 100% of the parent, nested grids take six times as long per level. */
  * {
    box-sizing: border-box;
    max-width: 100cqi;
  }
  a {
    color: var(--link);
  }
  ::highlight(find-match) {
    background-color: var(--found);
    text-decoration: underline 1.5px var(--found-line, transparent);
  }
  ::highlight(find-current) {
    background-color: var(--found-here);
    color: var(--found-text, var(--vscode-editor-findMatchForeground, var(--fg)));
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  img,
  svg {
    max-width: 100%;
    height: auto;
  }
  pre,
  code,
  kbd,
  samp,
  tt {
    font-family: var(--code);
    font-size: var(--fs-code);
  }
  pre {
    margin: var(--s1) 0;
    overflow-x: auto;
    white-space: pre-wrap;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin: var(--s3) 0 var(--s1);
    color: var(--fg);
    font: 600 13px/20px var(--ui);
  }
  h1 {
    font-size: 16px;
    line-height: 24px;
  }
  h2 {
    font-size: 14px;
  }
  p,
  ul,
  ol,
  dl,
  blockquote {
    margin: 0 0 var(--s2);
  }
  ul,
  ol {
    padding-left: 20px;
  }
  :host > :first-child,
  h1:first-child {
    margin-top: 0;
  }
  blockquote {
    padding-left: var(--s3);
    border-left: 2px solid var(--line-strong);
    color: var(--dim);
  }
  hr {
    height: 0;
    border: 0;
    border-top: 1px solid var(--line-strong);
  }
  mark {
    background: color-mix(in srgb, var(--vscode-editorWarning-foreground) 22%, var(--bg));
    color: var(--fg);
  }
  summary {
    cursor: pointer;
  }
  small {
    color: var(--dim);
    font-size: var(--fs-label);
  }
  math {
    font-size: 15px;
  }
  math[display='block'] {
    width: fit-content;
    margin: var(--s1) 0;
  }

  /* Half a row stays in sight, to say that there is more. */
  .frame {
    width: fit-content;
    max-width: 100%;
    max-height: 270px;
    margin: 0 0 2px;
    overflow: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--vscode-scrollbarSlider-background) transparent;
  }
  table {
    max-width: none;
    border: 0;
    border-collapse: separate;
    border-spacing: 0;
    font: 400 var(--fs-ui) / 20px var(--code);
    font-variant-ligatures: none;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    max-width: 32ch;
    padding: 0 var(--s2);
    overflow: hidden;
    border: 0;
    font-weight: 400;
    text-align: right;
    text-overflow: ellipsis;
    vertical-align: top;
    white-space: nowrap;
  }
  .words {
    text-align: left;
  }
  /* pandas says that heads stand right, whatever is below them. */
  thead .words {
    text-align: left !important;
  }
  thead th,
  thead td {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--bg);
    color: var(--fg);
    font-weight: 600;
  }
  thead tr:last-child > * {
    border-bottom: 1px solid var(--line-strong);
  }
  /* Of several rows of heads only the first would have a place to stick to. */
  thead tr:nth-child(n + 2) > * {
    position: relative;
  }
  .sort {
    display: block;
    width: 100%;
    padding: 0;
    overflow: hidden;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: inherit;
    text-overflow: ellipsis;
    white-space: inherit;
    cursor: pointer;
  }
  .sort:hover {
    text-decoration: underline;
  }
  /* In the padding: no column changes its width. */
  [aria-sort]::after {
    position: absolute;
    top: 0;
    left: 0;
    width: var(--s2);
    color: var(--dim);
    font-size: 10px;
    text-align: center;
    content: '↑' / '';
  }
  [aria-sort='descending']::after {
    content: '↓' / '';
  }
  [aria-sort]:first-child::after {
    right: 0;
    left: auto;
  }
  tbody th {
    position: sticky;
    left: 0;
    background: var(--bg);
    color: var(--dim);
  }
  /* The corner sticks both ways. */
  table:has(tbody th) thead tr:first-child > :first-child {
    left: 0;
    z-index: 2;
  }
  thead tr > :first-child,
  tbody tr > th:first-child {
    padding-left: 0;
  }
  tbody tr:hover > * {
    background-color: var(--hover);
  }
  .na {
    color: var(--dim);
    font-style: italic;
  }
`;
