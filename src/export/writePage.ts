import * as l10n from '@vscode/l10n';
import { ValueForms } from '../panel/model/valueForms.js';
import type { MimeBundle } from '../protocol/output.js';
import { PDF_TYPE, PLOTLY_TYPE, type DrawnType } from '../protocol/panelForms.js';
import { escaped } from './escaped.js';
import { highlight } from './highlight.js';
import { lateText } from './lateText.js';
import { pageStyle } from './pageStyle.js';
import type { Sheet, SheetCell, SheetLanguage, SheetOutput } from './sheet.js';
import { textMarkup } from './textMarkup.js';

/** Sanitizes a form and returns it as markup that runs nothing and loads nothing; undefined if nothing is left. */
export type DrawForm = (mime: DrawnType, data: string) => Promise<string | undefined>;

/** Nothing runs and nothing is loaded, whatever the outputs contain. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

export interface PageOptions {
  readonly title: string;
  /** Below the title. */
  readonly detail: string;
  readonly draw: DrawForm;
}

/** A page that needs nothing else and looks like the panel, light or dark as the system is. */
export async function writePage({ language, cells }: Sheet, { title, detail, draw }: PageOptions): Promise<string> {
  const articles: string[] = [];
  for (const cell of cells) articles.push(await cellMarkup(cell, language, draw));
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p>${escaped(detail)}</p></header>
<main>
${articles.join('\n')}
</main>
</body>
</html>
`;
}

async function cellMarkup(cell: SheetCell, language: SheetLanguage, draw: DrawForm): Promise<string> {
  const { kind, source, number = 0, outputs } = cell;
  const parts: string[] = [];
  if (kind === 'markdown') parts.push((await draw('text/markdown', source)) ?? plain(source, ''));
  else if (source !== '')
    parts.push(`<pre class="source">${kind === 'code' ? highlight(source, language) : escaped(source)}</pre>`);
  for (const [at, output] of outputs.entries()) {
    if (output.isLate && !outputs[at - 1]?.isLate) parts.push(`<p class="late">${escaped(lateText())}</p>`);
    parts.push(await outputMarkup(output, draw));
  }
  const failed = outputs.some(({ type }) => type === 'error') ? ' class="failed"' : '';
  const shown = number > 0 ? String(number) : '';
  return `<article${failed}><div class="number">${shown}</div><div class="body">${parts.join('\n')}</div></article>`;
}

async function outputMarkup(output: SheetOutput, draw: DrawForm): Promise<string> {
  switch (output.type) {
    case 'stream':
      return plain(output.text, output.name);
    case 'error': {
      const { name, message, traceback } = output;
      const trace = `<details><summary>${escaped(l10n.t('full traceback'))}</summary>${plain(traceback, 'trace')}</details>`;
      return `<pre class="error"><b>${escaped(name)}</b> ${escaped(message)}</pre>${trace}`;
    }
    case 'display_data':
    case 'execute_result':
      return valueMarkup(output.data, draw);
  }
}

/** The richest form of which something is left without scripts. */
async function valueMarkup(data: MimeBundle, draw: DrawForm): Promise<string> {
  const forms = new ValueForms(data).block(Infinity)?.drawn ?? [];
  for (const { mime, data: form } of forms) {
    const markup = form === undefined ? undefined : await formMarkup(mime, form, draw);
    if (markup !== undefined) return markup;
  }
  const text = data['text/plain'];
  return typeof text === 'string' ? plain(text, 'value') : '';
}

async function formMarkup(mime: DrawnType, data: string, draw: DrawForm): Promise<string | undefined> {
  if (mime === PLOTLY_TYPE || mime === PDF_TYPE) return undefined;
  if (mime === 'application/json') return plain(JSON.stringify(JSON.parse(data), undefined, 2), 'value');
  if (!mime.startsWith('image/')) return draw(mime, data);
  // An SVG is an image here, not part of the document, so it runs no scripts and loads nothing.
  const base64 = mime === 'image/svg+xml' ? Buffer.from(data).toString('base64') : data.replace(/[^\w+/=]+/g, '');
  return `<img alt="" src="data:${mime};base64,${base64}">`;
}

function plain(text: string, name: string): string {
  return `<pre class="${name}">${textMarkup(text)}</pre>`;
}
