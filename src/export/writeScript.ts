import type { Sheet, SheetCell, SheetLanguage } from './sheet.js';
import { writeMetadata } from './cellMetadata.js';

/** A source file with a marker above each cell. */
export function writeScript({ language, cells }: Sheet): string {
  return scriptParts({ language, cells }).text;
}

/** The file with the lines of each cell's source, which count from 0, both ends included. */
export function scriptParts({ language, cells }: Sheet): {
  readonly text: string;
  readonly places: readonly { readonly firstLine: number; readonly lastLine: number }[];
} {
  const sign = commentSign(language);
  const lines: string[] = [];
  const places: { firstLine: number; lastLine: number }[] = [];
  for (const cell of cells) {
    if (lines.length > 0) lines.push('');
    lines.push(`${sign} %%${writeMetadata(cell)}`);
    const firstLine = lines.length;
    for (const line of cellLines(cell, sign)) lines.push(line);
    places.push({ firstLine, lastLine: Math.max(firstLine, lines.length - 1) });
  }
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n`, places };
}

export function commentSign(language: SheetLanguage): '#' | '//' {
  return language === 'python' ? '#' : '//';
}

function cellLines({ kind, source }: SheetCell, sign: string): string[] {
  if (source === '') return [];
  const lines = source.split(/\r\n|\r|\n/);
  return kind === 'code' ? lines : lines.map((line) => (line === '' ? sign : `${sign} ${line}`));
}
