import { describe, expect, it } from 'vitest';
import { frameColumns } from '../../../../src/editor/marks/frameColumns.js';
import { oneLine } from '../../../../src/editor/marks/oneLine.js';

describe('oneLine', () => {
  it.each([
    ['42', '42'],
    ['  a  b\nc', 'a  b …'],
    ['x'.repeat(200), `${'x'.repeat(120)} …`],
    ['\n\nfirst\n', 'first'],
    ['a\u202eb\u0007c\u200bd', 'a b c d'],
    ['😀'.repeat(121), `${'😀'.repeat(120)} …`],
    ['\u001b[33m2\u001b[39m', '2'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });
});

describe('frameColumns', () => {
  const source = '"😀" + a / b';
  it.each([
    ['the line as it was sent', source, [7, 12]],
    ['the line with its indentation', `    ${source}`, [11, 16]],
    ['a line that reads otherwise', 'a * b', undefined],
  ])('finds the place in %s', (_, line, expected) => {
    const found = frameColumns({ source, column: 6, endColumn: 11 }, line);
    expect(found && [found.start, found.end]).toEqual(expected);
  });

  it('knows no place without columns', () => {
    expect(frameColumns({ source }, source)).toBeUndefined();
  });
});
