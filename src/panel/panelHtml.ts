/** Where the webview finds its files, and what its policy allows. */
export interface PanelPage {
  readonly script: string;
  readonly style: string;
  /** Fresh for each page, and not to be guessed. */
  readonly nonce: string;
  /** The display language, such as 'pt-br', with its translations where there are any; else the page is in English. */
  readonly language: string;
  readonly translations: Readonly<Record<string, string>> | undefined;
}

/**
 * The page around the panel's app. The policy lets in our script and our style sheet by their nonce, images
 * that stand in the page itself, and nothing else. What the script imports has its nonce. The toolkit's components ask
 * for the nonce in a meta element. The translations stand in a block of data, which nothing runs.
 */
export function panelHtml({ script, style, nonce, language, translations }: PanelPage): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${translations ? languageTag(language) : 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta property="csp-nonce" content="${nonce}" />
    <title>ExtSession</title>
    ${translations ? dataBlock('translations', translations) : ''}
    <link rel="stylesheet" nonce="${nonce}" href="${escapeAttribute(style)}" />
    <script type="module" nonce="${nonce}" src="${escapeAttribute(script)}"></script>
  </head>
  <body></body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Nothing in the data can end the element: a `<` is written as JSON's escape. */
function dataBlock(id: string, data: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

/** VS Code takes any text for a language; numbers are formatted, and the page read out, in one that exists. */
function languageTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
