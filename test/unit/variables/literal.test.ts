import { describe, expect, test } from 'vitest';
import { isLiteral } from '../../../src/variables/literal.js';

const both = ['1', '-1', '+2.5', '1e5', '.5', '5.', '1_000', '0xff', "'it'", '"a\\"b"', "''"];

describe('what may be assigned to a variable', () => {
  test.each([...both, '2j', 'True', 'False', 'None', "b'x'", "rb'x'", "u'x'"])('in Python: %s', (code) => {
    expect(isLiteral(code, 'python')).toBe(true);
  });

  test.each([...both, '10n', 'true', 'null', 'undefined', 'NaN', '-Infinity'])('in JavaScript: %s', (code) => {
    expect(isLiteral(code, 'javascript')).toBe(true);
  });

  test.each(["f'{x}'", 'x', '1+1', '[1]', "'a' 'b'", "'a'; f()", "'a\n'", "'a", '1;', '', 'f()', '1 2', '`a`'])(
    'is no other code: %j',
    (code) => {
      for (const evaluator of ['python', 'javascript', 'another']) expect(isLiteral(code, evaluator)).toBe(false);
    },
  );
});
