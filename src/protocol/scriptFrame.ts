/**
 * The document of a frame that runs the scripts of an output. The markup is data, which the frame's first script writes
 * into the document.
 *
 * @param start the first script, and the only inline script that the policy of the page allows
 */
export function scriptFrameHtml(markup: string, start: string): string {
  return [
    '<!doctype html><meta charset="utf-8">',
    '<meta http-equiv="x-dns-prefetch-control" content="off">',
    '<style>body { font-family: system-ui, sans-serif }</style>',
    `<script type="application/json">${JSON.stringify(markup).replaceAll('<', '\\u003c')}</script>`,
    `<script>${start}</script>`,
  ].join('');
}
