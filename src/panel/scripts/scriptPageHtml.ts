import { createHash } from 'node:crypto';
import { scriptFrameHtml } from '../../protocol/scriptFrame.js';

export interface ScriptPage {
  /** The output, with its scripts. */
  readonly markup: string;
  /** Whether it may load from the web. */
  readonly web: boolean;
  /** A description for users who cannot see it. */
  readonly title: string;
  /** The text of the script around the frame, and of the first one in it. */
  readonly scripts: { readonly page: string; readonly frameStart: string };
}

/**
 * A page around a frame in which the scripts of an output run. The origin of the frame is opaque: it has no storage, no
 * channel to other pages and no access to the documents around it. The policy of the page also applies to the frame,
 * since the frame has no address of its own; `frame-src` prevents it from going elsewhere. The policy allows what
 * scripts that draw need: `eval` (Vega compiles its expressions), workers, data in the page, and from the web only what
 * the user allowed.
 */
export function scriptPageHtml({ markup, web, title, scripts }: ScriptPage): string {
  const from = web ? ' https:' : '';
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(scripts.page)} ${hashOf(scripts.frameStart)} 'unsafe-eval' blob:${from}`,
    `style-src 'unsafe-inline'${from}`,
    `img-src data: blob:${from}`,
    `font-src data:${from}`,
    'worker-src blob:',
    `connect-src data: blob:${from}`,
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <style>
      body { margin: 0; padding: 0 }
      iframe { display: block; width: 100%; height: 100vh; border: 0; background: white; color-scheme: light }
    </style>
    <script>${scripts.page}</script>
  </head>
  <body>
    <iframe sandbox="allow-scripts" title="${escaped(title)}" srcdoc="${escaped(scriptFrameHtml(markup, scripts.frameStart))}"></iframe>
  </body>
</html>
`;
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
