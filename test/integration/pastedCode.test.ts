import { describe, expect, test } from 'vitest';
import { eachSession } from '../support/eachSession.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('Code for Python $version that was copied', ({ executable }) => {
  const { run } = eachSession({ interpreter: executable });

  test.each([
    ['with its indentation', '    x = 6\n    print(x * 7)', '42\n'],
    ['with tabs, below a comment', '\t# note\n\tfor i in range(2):\n\t\tprint(i)', '0\n1\n'],
    ['with a line further to the left', '  print([1,\n2])', '[1, 2]\n'],
    ['with an indented magic', '\n  !echo hello', 'hello\n'],
    ['from a console', '>>> for i in range(2):\n...     print(i)\n...\n>>> print("end")', '0\n1\nend\n'],
    ['from a docstring', '    >>> print(1)\r\n    >>> print(2)', '1\n2\n'],
  ])('%s runs', async (_, source, printed) => {
    const results = await run(source);
    expect(results.outcome).toMatchObject({ status: 'ok' });
    expect(results.stdout).toBe(printed);
  });

  test('is shown without its indentation where it fails', async () => {
    const { outcome } = await run('    x = 0\n    1 / x');
    expect(outcome).toMatchObject({ status: 'error', error: { frames: [{ line: 2, source: '1 / x' }] } });
  });

  test('is an error where its indentation is one', async () => {
    const { outcome } = await run('  x = 1\n y = 2');
    expect(outcome).toMatchObject({ status: 'error', error: { name: 'IndentationError' } });
    expect(outcome).not.toMatchObject({ error: { context: expect.anything() as unknown } });
  });
});
