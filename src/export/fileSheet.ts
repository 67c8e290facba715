import type { TranscriptReader } from '../panel/model/transcriptReader.js';
import { hiddenMetadata } from './cellMetadata.js';
import { OutputCollector } from './commandCells.js';
import type { PlacedCell, ScriptSheet } from './readScript.js';
import { withPlainEnds, type Sheet, type SheetCell } from './sheet.js';

export interface FileCells {
  readonly uri: string;
  readonly sheet: ScriptSheet;
  /** The notebook that the file was made of. */
  readonly notebook: Sheet | undefined;
}

/** The latest command that ran exactly this code. */
interface Run {
  readonly key: number;
  readonly number: number;
  readonly source: string;
  readonly firstLine: number;
}

/**
 * The cells of a file with the outputs of their latest runs; those that have not run here, with the outputs that they
 * had in their notebook. Output of code that has changed since is left out: it would be that of other code.
 */
export function fileSheet(model: TranscriptReader, { uri, sheet, notebook }: FileCells): Sheet {
  const runs = runsOf(model, uri);
  const outputs = new OutputCollector(model);
  const left = new Set(notebook?.cells);
  const cells = sheet.cells.map((cell): SheetCell => {
    const before = takeFrom(left, cell);
    const known = before ? { ...cell, ...ofNotebook(before, cell) } : cell;
    const run = cell.kind === 'code' ? latestRun(runs, cell) : undefined;
    return run ? { ...known, number: run.number, outputs: outputs.of(run.key) } : known;
  });
  return { ...sheet, ...(notebook?.metadata ? { metadata: notebook.metadata } : {}), cells };
}

function takeFrom(left: Set<SheetCell>, cell: SheetCell): SheetCell | undefined {
  for (const each of left) {
    if (!isOfNotebook(each, cell)) continue;
    if (each.id === undefined) left.delete(each);
    return each;
  }
  return undefined;
}

/** Cells of a notebook before version 4.5 have no ids: there, the code tells, and each counts once. */
function isOfNotebook({ id, kind, source }: SheetCell, cell: SheetCell): boolean {
  return kind === cell.kind && id === cell.id && (id !== undefined || isSameSource(source, cell.source));
}

function isSameSource(first: string, second: string): boolean {
  return withPlainEnds(first).trim() === withPlainEnds(second).trim();
}

/** What a notebook knows of a cell and its file does not. */
function ofNotebook(before: SheetCell, { source, metadata }: SheetCell): Partial<SheetCell> {
  const isSame = isSameSource(before.source, source);
  return {
    metadata: { ...hiddenMetadata(before), ...metadata },
    ...(before.attachments ? { attachments: before.attachments } : {}),
    // The file has no line endings at the end of a cell.
    ...(isSame ? { source: before.source, outputs: before.outputs, number: before.number ?? 0 } : {}),
  };
}

/** The newest first. */
function runsOf(model: TranscriptReader, uri: string): Run[] {
  const runs = model.entries(0).flatMap((entry): Run[] => {
    if (entry.type !== 'command' || entry.origin?.uri !== uri || entry.isText || entry.isRun) return [];
    const source = model.command(entry.key)?.source ?? entry.source;
    return [{ key: entry.key, number: entry.number, source, firstLine: entry.origin.firstLine }];
  });
  return runs.toReversed();
}

/** Cells with the same code are told apart by their lines. */
function latestRun(runs: readonly Run[], { source, startLine, endLine }: PlacedCell): Run | undefined {
  const same = runs.filter((run) => isSameSource(run.source, source));
  return same.find(({ firstLine }) => firstLine >= startLine && firstLine <= endLine) ?? same[0];
}
