import { describe, expect, it } from 'vitest';
import { ResultsWriter } from '../../../../src/engine/resultsWriter.js';
import {
  givesWay,
  resultLine,
  stateOf,
  withoutErrorOn,
  withoutRivals,
  type Failure,
  type Mark,
} from '../../../../src/editor/marks/mark.js';
import type { ErrorInfo } from '../../../../src/protocol/output.js';

const error: ErrorInfo = { name: 'E', message: '', frames: [], traceback: '' };

function markOn(firstLine: number, lastLine: number, more: Partial<Mark> = {}) {
  const writer = new ResultsWriter({ id: 1, executionCount: 1 });
  return {
    writer,
    id: 1,
    uri: 'file:///a.py',
    languageId: 'python',
    text: '',
    results: writer.results,
    lines: { firstLine, lastLine, lastCharacter: 0 },
    isStale: false,
    isCleared: false,
    ...more,
  };
}

function failureOn(line: number): Failure {
  return { error, lines: { firstLine: line, lastLine: line, lastCharacter: 0 }, text: '', isStale: false };
}

describe('a mark in the margin', () => {
  it('follows a command: queued, running, done, and stale when the text changed since', () => {
    const mark = markOn(0, 0);
    expect(stateOf(mark)).toBe('queued');
    mark.writer.start();
    expect(stateOf(mark)).toBe('running');
    expect(stateOf({ ...mark, isStale: true })).toBe('running');
    mark.writer.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
    expect(stateOf(mark)).toBe('done');
    expect(stateOf({ ...mark, isStale: true })).toBe('stale');
  });

  it.each([
    ['failed', { status: 'error', error }],
    ['failed', { status: 'died', exitCode: 3, signal: null }],
    ['interrupted', { status: 'interrupted', error }],
    ['interrupted', { status: 'cancelled' }],
  ] as const)('says that code has %s: $1.status', (state, outcome) => {
    const mark = markOn(0, 0);
    mark.writer.start();
    mark.writer.settle({ ...outcome, executionCount: 1, durationMs: 1 });
    expect(stateOf(mark)).toBe(state);
  });

  it.each([
    ['within the new lines', [3, 4], true],
    ['on the same first line', [2, 9], true],
    ['on the same last line', [0, 6], true],
    ['around them', [1, 7], false],
    ['above', [0, 1], false],
    ['below', [7, 8], false],
  ] as const)('gives way to a new one on lines 2 to 6 or not: %s', (_, [first, last], expected) => {
    expect(givesWay(markOn(first, last), { firstLine: 2, lastLine: 6 })).toBe(expected);
  });

  it('is queued as long as the session for it starts', () => {
    const { results, ...mark } = markOn(0, 0);
    expect(results.state).toBe('queued');
    expect(stateOf(mark)).toBe('queued');
  });

  it.each([
    ['the line that failed runs again', [2, 2], { told: undefined, isCleared: true }],
    ['another line of the code runs', [3, 3], { told: 2, isCleared: false }],
    ['something below runs', [5, 6], { told: 2, isCleared: false }],
  ] as const)('and its error, when %s', (_, [firstLine, lastLine], { told, isCleared }) => {
    const mark = withoutErrorOn(markOn(1, 4, { failure: failureOn(2) }), { firstLine, lastLine });
    expect(mark.failure?.lines.firstLine).toBe(told);
    expect(mark.isCleared).toBe(isCleared);
  });

  it('keeps the error at its own end when the function that failed is defined anew', () => {
    const call = markOn(8, 8, { failure: failureOn(2) });
    expect(withoutErrorOn(call, { firstLine: 1, lastLine: 3 })).toEqual({ ...call, failure: undefined });
  });
});

describe('marks that edits bring to one line', () => {
  const done = (id: number, firstLine: number, lastLine: number, more: Partial<Mark> = {}) => {
    const { writer, ...mark } = markOn(firstLine, lastLine, { id, ...more });
    writer.start();
    writer.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
    return mark;
  };
  const left = (...marks: Mark[]) => withoutRivals(marks).map(({ id, isCleared }) => (isCleared ? -id : id));

  it.each([
    ['the newer one stays', [done(1, 3, 3), done(2, 3, 3)], [2]],
    ['unless its text has changed', [done(1, 3, 3), done(2, 3, 4, { isStale: true })], [1]],
    ['at its end: the newer result stays', [done(2, 1, 4), done(1, 4, 4)], [2, -1]],
    ['at its end, where only one shows a result', [done(2, 1, 4, { isStale: true }), done(1, 4, 4)], [2, 1]],
    ['where one failed within its lines', [done(1, 1, 6, { failure: failureOn(4) }), done(2, 4, 4)], [-1, 2]],
    ['not at all', [done(1, 1, 6), done(2, 4, 4), done(3, 7, 7)], [1, 2, 3]],
  ])('%s', (_, marks, expected) => {
    expect(left(...marks)).toEqual(expected);
  });

  it('shows results of earlier windows, too', () => {
    expect(withoutRivals([done(-1, 1, 1), done(-2, 2, 2)]).map(({ isCleared }) => isCleared)).toEqual([false, false]);
  });
});

describe('what stands at the end of a line', () => {
  it.each([
    ['the last line of the code', undefined, 6],
    ['the line that failed', 3, 3],
    ['the last line, when what failed stands elsewhere', 9, 6],
  ])('is at %s', (_, failed, expected) => {
    expect(resultLine(markOn(2, 6, failed === undefined ? {} : { failure: failureOn(failed) }))).toBe(expected);
  });
});
