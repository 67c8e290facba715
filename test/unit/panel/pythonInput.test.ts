import { describe, expect, it } from 'vitest';
import { isCompletePython } from '../../../media/panel/input/pythonInput.js';

describe('Enter runs', () => {
  it.each([
    'x = 1',
    'print("for i in y:")',
    'x = [1,\n 2]',
    'x = 1\ny = 2',
    'for i in y:\n    print(i)\n    ',
    "'''a\nb'''",
    'x = # a mistake',
    'f(1))',
    'x = """open and closed"""',
    "f'{x}'",
    'for i in y: print(i)',
    'x = f(1,\n      2)',
    '!echo "it\'s (open',
    'files = !ls (',
    '%timeit f([',
    'x = 1\n%time f(',
    '?print',
    'print?',
    'x = (a\n  % b)',
    '%%bash\necho hi\n',
    '%%time\nf(\n',
  ])('%j', (source) => {
    expect(isCompletePython(source)).toBe(true);
  });
});

describe('Enter begins another line', () => {
  it.each([
    'for i in y:',
    'def f():  # why',
    'for i in y:\n    print(i)',
    '@decorated\ndef f():\n    pass',
    'if x:\n    pass\nelse:\n    y()',
    'print(1,',
    'x = {"a": [1,',
    'x = """a',
    'x = """',
    "f'''{x}",
    'x = 1 + \\',
    '@decorated',
    '!ls \\',
    '%%bash',
    '%%bash\necho hi',
    'x = (a\n  %time',
    'for i in y:\n    !echo {i}',
    'x = (1,\n!ls',
  ])('%j', (source) => {
    expect(isCompletePython(source)).toBe(false);
  });
});
