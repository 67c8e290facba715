import type { ErrorInfo, Frame } from '../../protocol/output.js';
import type { ErrorPart, PanelFrame } from '../../protocol/panelEntries.js';
import { clip, messageText, nameText, notesText } from './errorTexts.js';
import { relatedErrors } from './relatedErrors.js';

const MOST_FRAMES = 40;
const LONGEST_TRACEBACK = 20_000;
const LONGEST_SOURCE = 500;

/** An exception as the panel shows it: bounded, with each frame marked as the user's own or a library's. */
export function errorPart(id: number, error: ErrorInfo): ErrorPart {
  const frames = error.frames.slice(-MOST_FRAMES).map(panelFrame);
  const { related, omitted } = relatedErrors(error, ownFrame);
  const chained = /^(During handling|The above exception)|^\s*\+ Exception Group|^ {2}\| /m.test(error.traceback);
  return {
    id,
    type: 'error',
    name: nameText(error.name),
    message: messageText(error),
    frames,
    framesOmitted: error.frames.length - frames.length,
    ...notesText(error),
    ...(related.length > 0 ? { related } : {}),
    ...(omitted > 0 ? { relatedOmitted: omitted } : {}),
    ...((chained || related.length > 0 || frames.length === 0) && error.traceback.includes('\n')
      ? { traceback: clip(error.traceback.trimEnd(), LONGEST_TRACEBACK) }
      : {}),
  };
}

/** The failing line in the user's own code, or else the innermost frame. */
function ownFrame(frames: readonly Frame[]): PanelFrame | undefined {
  const own = frames.findLast(({ file }) => libraryOf(file) === undefined) ?? frames.at(-1);
  return own && panelFrame(own);
}

function panelFrame(frame: Frame): PanelFrame {
  const named = /^<.*>$/.test(frame.file);
  const mark = markOf(frame);
  const library = libraryOf(frame.file);
  const command = commandOf(frame.file);
  return {
    file: frame.file,
    line: Math.max(0, frame.line),
    label: `${nameText(named ? frame.file : baseName(frame.file))}:${String(frame.line)}`,
    function: nameText(frame.function),
    ...(frame.source === undefined ? {} : { source: sourceLine(frame.source) }),
    ...(mark ? { mark } : {}),
    ...(library === undefined ? {} : { library }),
    ...(command === undefined ? {} : { command }),
    openable: !named || command !== undefined,
  };
}

/** The number in '<command 47>', the name that evaluators use for a command that is not from a file. */
function commandOf(file: string): number | undefined {
  const [, number] = /^<command (\d{1,15})>$/.exec(file) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** For example 'pandas' for an installed package; 'Python' for the standard library. */
function libraryOf(file: string): string | undefined {
  const installed = /[\\/](?:site|dist)-packages[\\/]([^\\/]+)/.exec(file);
  if (installed?.[1] !== undefined) return nameText(installed[1].replace(/\.pyw?$/, ''));
  return /[\\/]lib[\\/]python\d[\w.]*[\\/]|^<frozen /i.test(file) ? 'Python' : undefined;
}

/** Columns count from the first character of the line, but the line is shown without its indentation. */
function markOf(frame: Frame): { from: number; to: number } | undefined {
  if (frame.source === undefined || frame.column === undefined || frame.column < 0) return undefined;
  const line = frame.source.split('\n', 1)[0] ?? '';
  const indent = line.length - line.trimStart().length;
  const sameLine = frame.endLine === undefined || frame.endLine === frame.line;
  const end = sameLine ? (frame.endColumn ?? frame.column + 1) : line.trimEnd().length;
  const length = sourceLine(frame.source).length;
  const from = Math.max(0, frame.column - indent);
  // Syntax errors are often reported just past the end of the line.
  if (from > length || from >= LONGEST_SOURCE) return undefined;
  const to = Math.min(Math.max(from + 1, end - indent), Math.max(length, from + 1));
  return from === 0 && to >= length ? undefined : { from, to };
}

function sourceLine(source: string): string {
  return (source.split('\n', 1)[0] ?? '').trim().slice(0, LONGEST_SOURCE);
}

/** The last component of a path or a URI. */
export function baseName(file: string): string {
  return file.split(/[\\/]/).filter(Boolean).at(-1) ?? file;
}
