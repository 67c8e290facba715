import { describe, expect, it } from 'vitest';
import { earlierResults, isAsItRan } from '../../../../src/editor/marks/earlierCommand.js';
import type { CommandState, Part } from '../../../../src/protocol/panelEntries.js';

const command = (kind: CommandState['kind'], parts: readonly Part[]) => ({
  key: 7,
  number: 3,
  source: 'a',
  sourceOmitted: 0,
  languageId: 'python',
  status: { state: { kind, elapsedMs: 5 } as CommandState, open: false },
  parts: [...parts],
});

const text = (...head: string[]) => ({ head, tail: [], total: head.length });

describe('a command of an earlier window', () => {
  it('has its value again, without colors', () => {
    const value: Part = {
      id: 1,
      type: 'value',
      text: { head: [{ runs: ['4', ['2', { fg: 1 }]] }], tail: [], total: 1 },
    };
    const printed: Part = { id: 0, type: 'stdout', text: text('out') };
    expect(earlierResults(command('done', [printed, value]))?.outcome).toEqual({
      status: 'ok',
      executionCount: 3,
      durationMs: 5,
      result: { 'text/plain': '42' },
    });
    expect(earlierResults(command('done', [printed]))?.outcome).not.toHaveProperty('result');
  });

  it('has its error again, with the failing part of its line', () => {
    const frame = { file: '/a.py', line: 2, label: 'a.py:2', function: 'f', source: '1 / 0', openable: true };
    const part: Part = {
      id: 0,
      type: 'error',
      name: 'ZeroDivisionError',
      message: 'division by zero',
      frames: [{ ...frame, mark: { from: 0, to: 3 } }],
      framesOmitted: 0,
    };
    expect(earlierResults(command('failed', [part]))?.outcome).toMatchObject({
      status: 'error',
      error: {
        name: 'ZeroDivisionError',
        message: 'division by zero',
        frames: [{ file: '/a.py', line: 2, source: '1 / 0', column: 0, endColumn: 3 }],
      },
    });
  });

  it.each(['queued', 'cancelled', 'died', 'failed'] as const)(
    'has nothing to show if it is %s without an error',
    (kind) => {
      expect(earlierResults(command(kind, []))).toBeUndefined();
    },
  );

  it.each([
    ['the same lines', ['x', 'if a:', '    b'], true],
    ['indented lines', ['x', '  if a:', '      b'], true],
    ['other lines', ['x', 'if a:', '    c'], false],
    ['lines that have moved', ['x', 'y', 'if a:', '    b'], false],
    ['fewer lines', ['x', 'if a:'], false],
  ])('is as it ran in %s: %j → %s', (_, lines, expected) => {
    const document = { lineCount: lines.length, lineText: (line: number) => lines[line] ?? '' };
    const origin = { uri: 'file:///a.py', firstLine: 1, lastLine: 2 };
    expect(isAsItRan({ source: 'if a:\n    b\n', sourceOmitted: 0, origin }, document)).toBe(expected);
  });
});
