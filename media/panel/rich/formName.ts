import * as l10n from '@vscode/l10n';
import type { DrawnType } from '../../../src/protocol/panelForms.js';
import { tenthsText } from '../amounts.js';

/** A form that is shown, or the text. */
export type Shown = DrawnType | 'text/plain';

const names: Record<DrawnType, string> = {
  'text/html': 'HTML',
  'image/svg+xml': 'SVG',
  'text/latex': 'LaTeX',
  'text/markdown': 'Markdown',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'application/json': 'JSON',
  'application/vnd.plotly.v1+json': 'Plotly',
  'application/pdf': 'PDF',
};

/** The display name of a type. */
export function formName(mime: Shown): string {
  return mime === 'text/plain' ? l10n.t('Text') : names[mime];
}

/** For example '812 kB' or '1.3 MB', for data in characters; four characters of base64 are three bytes. */
export function sizeText(characters: number, base64: boolean): string {
  const bytes = base64 ? characters * 0.75 : characters;
  return bytes < 999_500 ? l10n.t('{0} kB', Math.ceil(bytes / 1000)) : l10n.t('{0} MB', tenthsText(bytes / 1e6));
}
