import type { TranscriptReader } from '../panel/model/transcriptReader.js';
import { hiddenMetadata } from './cellMetadata.js';
import { OutputCollector } from './commandCells.js';
import type { PlacedCell, ScriptSheet } from './readScript.js';
import type { Sheet, SheetCell } from './sheet.js';

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
  const cells = sheet.cells.map((cell): SheetCell => {
    const before = notebook?.cells.find(({ id, kind }) => id !== undefined && id === cell.id && kind === cell.kind);
    const known = before ? { ...cell, ...ofNotebook(before, cell) } : cell;
    const run = cell.kind === 'code' ? latestRun(runs, cell) : undefined;
    return run ? { ...known, number: run.number, outputs: outputs.of(run.key) } : known;
  });
  return { ...sheet, ...(notebook?.metadata ? { metadata: notebook.metadata } : {}), cells };
}

/** What a notebook knows of a cell and its file does not. */
function ofNotebook(before: SheetCell, { source, metadata }: SheetCell): Partial<SheetCell> {
  const isSame = before.source.trim() === source.trim();
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
    const source = (model.command(entry.key)?.source ?? entry.source).trim();
    return [{ key: entry.key, number: entry.number, source, firstLine: entry.origin.firstLine }];
  });
  return runs.toReversed();
}

/** Cells with the same code are told apart by their lines. */
function latestRun(runs: readonly Run[], { source, startLine, endLine }: PlacedCell): Run | undefined {
  const same = runs.filter((run) => run.source === source.trim());
  return same.find(({ firstLine }) => firstLine >= startLine && firstLine <= endLine) ?? same[0];
}
