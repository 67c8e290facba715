import type { Cell } from '../editor/cells/cells.js';
import type { CellOptions } from '../editor/cells/cellSource.js';
import { languageOf, type SourceLanguage } from '../editor/languages.js';
import { readMetadata } from './cellMetadata.js';
import { sheetLanguage, withPlainEnds, type Sheet, type SheetCell } from './sheet.js';

/** A cell of a file, with its lines, which count from 0, both ends included. */
export interface PlacedCell extends SheetCell {
  readonly startLine: number;
  readonly endLine: number;
}

/** A source file. */
export interface ScriptSheet extends Sheet {
  readonly cells: readonly PlacedCell[];
}

/** The cells of a source file, without outputs; undefined if no session can run its language. */
export function readScript(written: string, languageId: string, options: CellOptions): ScriptSheet | undefined {
  const [language, source] = [sheetLanguage(languageId), languageOf(languageId)];
  if (!language || !source) return undefined;
  const text = withPlainEnds(written);
  const lines = text.split('\n');
  const found = source.findCells(text, options);
  const whole: Cell = { startLine: 0, endLine: lines.length - 1, kind: 'code', title: '', isUnmarked: true };
  const cells = found.length > 0 ? found : [whole];
  return { language, cells: cells.map((cell) => placedCell(cell, { text, lines, source, options })) };
}

interface Script {
  readonly text: string;
  readonly lines: readonly string[];
  readonly source: SourceLanguage;
  readonly options: CellOptions;
}

function placedCell(cell: Cell, script: Script): PlacedCell {
  const { kind, title, startLine, endLine } = cell;
  const marker = script.source.markerAt(script.text, startLine, script.options);
  const { id, ...metadata } = marker ? readMetadata(marker.rest) : {};
  const named = title === '' ? metadata : { title, ...metadata };
  return {
    kind,
    source: sourceOf(cell, script, marker !== undefined),
    ...(typeof id === 'string' ? { id } : {}),
    ...(Object.keys(named).length > 0 ? { metadata: named } : {}),
    outputs: [],
    startLine,
    endLine,
  };
}

function sourceOf(cell: Cell, { text, lines, source, options }: Script, hasMarker: boolean): string {
  if (cell.kind !== 'code') return source.markdownOfCell(text, { ...cell, kind: 'markdown' }, options);
  const { code } = source.codeOfCell(text, cell, options);
  if (code !== '') return withoutHeader(code);
  const own = lines.slice(hasMarker ? cell.startLine + 1 : cell.startLine, cell.endLine + 1);
  return own.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
}

/** Jupytext's description of the file, which stands above the first cell. */
function withoutHeader(code: string): string {
  return code.replace(
    /^(?:#|\/\/) ---\n(?:(?:#|\/\/).*\n)*?(?:#|\/\/) jupyter:\n(?:(?:#|\/\/).*\n)*?(?:#|\/\/) ---\n+/,
    '',
  );
}
