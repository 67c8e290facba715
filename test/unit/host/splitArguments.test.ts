import { expect, it } from 'vitest';
import { splitArguments } from '../../../src/commands/running/splitArguments.js';

it.each([
  ['', []],
  ['  ', []],
  ['--epochs 3', ['--epochs', '3']],
  ['a  "b c" \'d "e"\'', ['a', 'b c', 'd "e"']],
  ['--name="Ada Lovelace"', ['--name=Ada Lovelace']],
  ['a\\ b "say \\"hi\\"" \'\\n\'', ['a b', 'say "hi"', '\\n']],
  ['"" x', ['', 'x']],
  ['"open end', ['open end']],
  ['--path=C:/x --empty=""', ['--path=C:/x', '--empty=']],
])('arguments are split as in a shell: %s', (line, expected) => {
  expect(splitArguments(line)).toEqual(expected);
});
