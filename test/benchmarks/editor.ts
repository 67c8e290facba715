import { languageOf, type SourceLanguage } from '../../src/editor/languages.js';
import { ExtSession } from '../../src/library.js';
import { median, quantile, timed } from './measure.js';
import { javascriptPiece, pythonPiece } from './pieces.js';
import type { Row } from './row.js';

const COPIES = 500;
const TIMES = 300;

/** What the editor asks while a person types, in a file of 10,000 lines, and of a session that has 10,000 names. */
export async function editorFigures(python: string): Promise<Row[]> {
  return [
    ...(await fileFigures('python', pythonPiece)),
    ...(await fileFigures('javascript', javascriptPiece)),
    ...(await completionFigures(python)),
  ];
}

/**
 * How long the key that runs the statement at the cursor takes to know what to send, and how long the cells take to be
 * found.
 */
async function fileFigures(languageId: string, piece: string): Promise<Row[]> {
  const language = languageOf(languageId);
  if (!language) throw new Error(`No session runs ${languageId}.`);
  const lines = piece.repeat(COPIES).split('\n');
  const edited: number[] = [];
  const found: number[] = [];
  const opened: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const line = (time * 37) % lines.length;
    const another = lines.map((each) => each.replace('Fare', `Fare${String(time)}`)).join('\n');
    opened.push(await timed(() => language.codeToRun(another, at(line))));
    const edit = (): string => {
      language.codeToRun(lines.join('\n'), at(line));
      lines.splice(line, 1, `${lines[line] ?? ''} `, ...(time % 2 ? [''] : []));
      return lines.join('\n');
    };
    const first = edit();
    edited.push(await timed(() => language.codeToRun(first, at(line))));
    const second = edit();
    found.push(await timed(() => cellsOf(language, second)));
  }
  const file = `of 10,000 lines of ${languageId}`;
  return [
    ...rowsOf(`what to run ${file}, after an edit`, edited),
    ...rowsOf(`the cells ${file}, after an edit`, found),
    { what: `what to run ${file}, never seen before: median`, unit: 'ms', ours: median(opened) },
  ];
}

function cellsOf(language: SourceLanguage, text: string): void {
  if (language.findCells(text, {}).length !== COPIES) throw new Error('Not each piece is a cell.');
}

async function completionFigures(python: string): Promise<Row[]> {
  const session = await ExtSession.start({ interpreter: python });
  try {
    await session.execute('globals().update({f"name_{number}": number for number in range(10000)})').wait();
    const taken: number[] = [];
    for (let time = 0; time < TIMES; time++) taken.push(await timed(() => session.complete('x = na', 6)));
    const what = 'suggestions from 10,000 names';
    return [
      { what: `${what}: median`, unit: 'ms', ours: median(taken), target: { atMost: 50 } },
      { what: `${what}: 99th of 100`, unit: 'ms', ours: quantile(taken, 0.99), target: { atMost: 50 } },
    ];
  } finally {
    await session.exit();
  }
}

function rowsOf(what: string, taken: readonly number[]): Row[] {
  return [
    { what: `${what}: median`, unit: 'ms', ours: median(taken), target: { atMost: 5 } },
    { what: `${what}: 95th of 100`, unit: 'ms', ours: quantile(taken, 0.95) },
  ];
}

function at(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
