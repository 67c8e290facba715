import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './compile.js';

const KEPT = 1000;
const programs: Program[] = [];

/** Keeps the source of a command, so that errors of its functions can show their lines later. */
export function rememberProgram(program: Program): void {
  programs.push(program);
  if (programs.length > KEPT) programs.shift();
}

/** The editor's name for the file that Node.js knows by a script name. */
export function filenameOf(scriptName: string): string {
  return programs.findLast((program) => program.scriptName === scriptName)?.filename ?? scriptName;
}

/**
 * The column in the source for a position in the code that ran; undefined if the two differ too much. All count from 1.
 */
export function sourceColumn(file: string, line: number, column: number): number | undefined {
  const program = programAt(file, line);
  if (!program) return column;
  const index = line - program.firstLine;
  return program.hasColumns(index) ? program.rewritten.originalColumn(index, column - 1) + 1 : undefined;
}

/** The text of a line, which counts from 1; nothing if its file cannot be read. */
export function sourceLine(file: string, line: number): { source?: string } {
  const program = programAt(file, line);
  const source = program?.source.split(/\r?\n/)[line - program.firstLine] ?? lineOnDisk(file, line);
  return source === undefined ? {} : { source };
}

function programAt(file: string, line: number): Program | undefined {
  return programs.findLast(
    ({ filename, firstLine, source }) =>
      filename === file && line >= firstLine && line < firstLine + source.split('\n').length,
  );
}

function lineOnDisk(file: string, line: number): string | undefined {
  if (!path.isAbsolute(file)) return undefined;
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined; // it was moved, or never was a file
  }
}
