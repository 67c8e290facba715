/** Where the webview finds its files, and what its policy allows. */
export interface PanelPage {
  readonly script: string;
  readonly style: string;
  /** What the script imports before it shows anything, loaded at the same time. */
  readonly imports?: readonly string[];
  /** New and unpredictable for each page. */
  readonly nonce: string;
  /** The display language, such as 'pt-br', with its translations; without them, the page is in English. */
  readonly language: string;
  readonly translations: Readonly<Record<string, string>> | undefined;
}

/**
 * The page around the panel's app. The policy only allows our script and style sheet, by their nonce, images embedded
 * in the page, and workers that our script makes of its own text: a webview can start no others. Imports of the script
 * inherit its nonce. The toolkit's components read the nonce from a meta element. The translations are in a data block,
 * which is never run.
 */
export function panelHtml({ script, style, imports = [], nonce, language, translations }: PanelPage): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'`;
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
    ${imports.map((file) => `<link rel="modulepreload" nonce="${nonce}" href="${escapeAttribute(file)}" />`).join('\n    ')}
    <script type="module" nonce="${nonce}" src="${escapeAttribute(script)}"></script>
  </head>
  <body></body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The data cannot end the element, because `<` is written as a JSON escape. */
function dataBlock(id: string, data: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

/** VS Code accepts any text as a language, but formatting numbers and reading the page aloud require a valid one. */
function languageTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
