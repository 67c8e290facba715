/**
 * A page whose scripts may run. The policy stands before the markup, so that it holds for all of it; what it allows is what
 * scripts that draw need, `eval` included (Vega compiles its expressions). From the web only what the person allowed.
 */
export function scriptPageHtml(markup: string, { web }: { readonly web: boolean }): string {
  const from = web ? ' https:' : '';
  const policy = [
    "default-src 'none'",
    `script-src 'unsafe-inline' 'unsafe-eval' blob:${from}`,
    `style-src 'unsafe-inline'${from}`,
    `img-src data: blob:${from}`,
    `font-src data:${from}`,
    'worker-src blob:',
    `connect-src ${web ? 'https:' : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html>
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
  </head>
  <body>
${markup}
  </body>
</html>
`;
}
