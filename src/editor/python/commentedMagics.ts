import { logicalLinesOf } from './logicalLines.js';

/** Jupytext's description of a file, at its top: below the interpreter, the encoding and the file's own YAML. */
const header =
  /^\uFEFF?(?:#(?:!|.*coding[:=]).*\r?\n)*# ---\r?\n(?:#.*\r?\n)*?# jupyter:[ \t]*\r?\n((?:#.*\r?\n)*?)# ---[ \t]*(?:\r?\n|$)/;
const LONGEST_HEADER = 20_000;
/** Formats and an option with which magics are no comments. */
const plainMagics = /^# +(?:format_name: hydrogen|comment_magics: false)\s*$/m;

/** What IPython understands and Python does not; an automatic magic without its sign could be a sentence. */
const lineMagic = /^[ \t]*# (?=%[A-Za-z]|[!?]\s*[\w.~$\\/{}]|[A-Za-z_]\w*\s*=\s*[%!][A-Za-z])/;
const comment = /^[ \t]*# ?/;

/** Whether Jupytext has written a text, and its magics as comments. */
export function hasCommentedMagics(text: string): boolean {
  const [, description] = header.exec(text.slice(0, LONGEST_HEADER)) ?? [];
  return description !== undefined && !plainMagics.test(description);
}

/** A text with the magics of lines that Jupytext keeps in comments as they are in its notebook, in the same places. */
export function withLineMagics(text: string): string {
  const { kinds, starts, ends } = logicalLinesOf(text);
  let [written, end, goesOn] = ['', 0, false];
  for (const [line, kind] of kinds.entries()) {
    const [from, to] = [starts[line] ?? 0, ends[line] ?? 0];
    const content = kind === 'comment' ? text.slice(from, to) : '';
    const [sign] = (goesOn ? comment : lineMagic).exec(content) ?? [];
    goesOn = sign !== undefined && content.endsWith('\\');
    if (sign === undefined) continue;
    written += text.slice(end, from) + sign.replace(/# ?$/, '');
    end = from + sign.length;
  }
  return written + text.slice(end);
}

/** The code of a cell whose magic Jupytext keeps in a comment. */
export function withCellMagic(code: string): string {
  return code.replace(/^# (?=%%[A-Za-z])/, '');
}
