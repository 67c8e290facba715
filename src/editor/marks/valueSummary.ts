import { Buffer } from 'node:buffer';
import { stripVTControlCharacters } from 'node:util';
import type { MimeBundle } from '../../protocol/output.js';
import { rasterSize } from '../../protocol/rasterSize.js';
import { oneLine } from './oneLine.js';
import { arrayShape } from './arrayShape.js';
import { seriesText } from './seriesText.js';
import { tableSize } from './tableSize.js';

/** What brings numbers below each other. */
const alignment = / +(?=,)|(?<=[,[] ) +/g;
const numpyAlignment = / +(?=,|\])|(?<=, |\[) +/g;
/** In characters: enough for what one line shows. */
const LONGEST_READ = 200_000;
const LONGEST_HEADER = 100_000;
const LONGEST_JOINED = 2000;

/** A text that only says which class it is of. */
const isBare = /^<[\w.$<> ]{1,200}?(?: object)?(?: at 0x[\da-f]+)?>$/i;
const arrayEnd = /(?:, ?\s?(?:shape=\([\d, ]*\)|dtype=[\w.<>']+))*\)$/;
const kinds: readonly (readonly [mime: string, name: string])[] = [
  ['text/markdown', 'Markdown'],
  ['text/latex', 'LaTeX'],
  ['image/svg+xml', 'SVG'],
  ['application/json', 'JSON'],
  ['text/html', 'HTML'],
];

/** A value on one line: what it is, how large it is, and how it begins. Undefined if nothing is known of it. */
export function valueSummary(bundle: MimeBundle): string | undefined {
  const plain = bundle['text/plain'];
  if (typeof plain !== 'string') return kindOf(bundle);
  const text = stripVTControlCharacters(plain.slice(0, LONGEST_READ)).trim();
  const html = stringOf(bundle['text/html'])?.slice(0, LONGEST_READ);
  const polars = polarsSeriesText(text);
  if (polars !== undefined) return oneLine(polars);
  const isStyler = /^<pandas\.io\.formats\.style\.Styler\b/.test(text);
  const table =
    html !== undefined && (isStyler || /class="[^"]*\bdataframe\b/.test(html)) ? tableSize(html) : undefined;
  if (table) {
    const columns =
      isStyler || table.columns.length === 0 ? '' : `: ${table.columns.join(', ')}${table.isCut ? ', …' : ''}`;
    return oneLine(`${isStyler ? 'Styler' : 'DataFrame'} ${table.size}${columns}`);
  }
  if (isBare.test(text)) return oneLine(kindOfObject(text, bundle) ?? text);
  if (!/[\r\n]/.test(text)) return oneLine(text);
  const array = /^(array|tensor|Array)\(/.exec(text)?.[1];
  const shape = array === undefined ? undefined : arrayShape(text);
  if (array !== undefined && shape !== undefined)
    return oneLine(`${array} ${shape}: ${joined(text.slice(array.length + 1).replace(arrayEnd, ''), numpyAlignment)}`);
  return oneLine(seriesText(text) ?? joined(withoutBoxes(text)));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The kind, and which class it is of unless that is named like it: such as 'LazyFrame (HTML)'. */
function kindOfObject(text: string, bundle: MimeBundle): string | undefined {
  const kind = kindOf(bundle);
  const [, name] = /([\w$]+)(?: object)?(?: at 0x[\da-f]+)?>$/i.exec(text) ?? [];
  const isNamed = / (?:object|at 0x[\da-f]+)\b/i.test(text);
  if (kind === undefined || name === undefined || !isNamed || kind.includes(' × ')) return kind;
  if (kind.toLowerCase() === name.toLowerCase()) return kind;
  return `${name} (${kind})`;
}

/** Such as 'PNG 640 × 480' or 'Markdown'. */
function kindOf(bundle: MimeBundle): string | undefined {
  for (const [mime, name] of [['image/png', 'PNG'] as const, ['image/jpeg', 'JPEG'] as const]) {
    const data = stringOf(bundle[mime]);
    const size = data === undefined ? undefined : rasterSize(Buffer.from(data.slice(0, LONGEST_HEADER), 'base64'));
    if (size) return `${name} ${String(size.width)} × ${String(size.height)}`;
  }
  return kinds.find(([mime]) => mime in bundle)?.[1];
}

function polarsSeriesText(text: string): string | undefined {
  const [about, length, type] = /^shape: \(([\d_,]+),\)\r?\nSeries: '.{0,200}' \[(.{1,200})\]\r?\n/.exec(text) ?? [];
  if (about === undefined || length === undefined || type === undefined) return undefined;
  const values = text.slice(about.length, about.length + LONGEST_JOINED).split(/\r?\n/);
  const shown = values.map((line) => line.trim()).filter((line) => !/^[[\]]?$/.test(line));
  return `Series ${length.replaceAll(/[_,]/g, '')} (${type}): ${shown.join(', ')}`;
}

function joined(text: string, spaces = alignment): string {
  const line = text.slice(0, LONGEST_JOINED).replaceAll(/\s*[\r\n]\s*/g, ' ');
  return /['"`]/.test(line) ? line : line.replaceAll(spaces, '');
}

/** Without what rich draws around tables and panels. */
function withoutBoxes(text: string): string {
  if (!/^[\u2500-\u257f]/m.test(text)) return text;
  return (
    text
      .replaceAll(/[\u2500-\u257f]+/g, ' ')
      .replaceAll(/ +(?=\s|$)/g, '')
      .trim() || text
  );
}
