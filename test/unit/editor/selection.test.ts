import { describe, expect, it } from 'vitest';
import { codeToRun } from '../../../src/editor/selection.js';
import { marked } from './marked.js';

interface Case {
  readonly title: string;
  readonly source: string;
  readonly code: string;
  readonly firstLine?: number;
  readonly nextLine?: number;
}

function check(cases: readonly Case[]): void {
  it.each(cases)('$title', ({ source, code, firstLine, nextLine }) => {
    const { text, selection } = marked(source);
    const found = codeToRun(text, selection);
    expect(found).toEqual({
      code,
      firstLine: firstLine ?? found.firstLine,
      nextLine: nextLine ?? found.nextLine,
    });
  });
}

describe('with nothing selected', () => {
  check([
    { title: 'sends the line', source: 'x = 1\n‸y = 2\nz = 3\n', code: 'y = 2', firstLine: 1, nextLine: 2 },
    {
      title: 'skips comments and blank lines to the next code line',
      source: '‸x = 1\n\n# note\n\ny = 2\n',
      code: 'x = 1',
      nextLine: 4,
    },
    { title: 'moves below the last statement', source: 'x = 1\n‸y = 2\n', code: 'y = 2', nextLine: 2 },
    { title: 'stays on a last line that nothing follows', source: '‸y = 2', code: 'y = 2', nextLine: 0 },
    {
      title: 'sends a call that spans brackets',
      source: 'f(\n  1,\n‸  2,\n)\ny\n',
      code: 'f(\n  1,\n  2,\n)',
      firstLine: 0,
      nextLine: 4,
    },
    {
      title: 'sends lines joined by backslashes',
      source: 'x = 1 + \\\n  ‸2\ny\n',
      code: 'x = 1 + \\\n  2',
      firstLine: 0,
      nextLine: 2,
    },
    {
      title: 'sends the statement around a long string',
      source: 's = """\nif ‸this:\n"""\ny\n',
      code: 's = """\nif this:\n"""',
      firstLine: 0,
      nextLine: 3,
    },
    {
      title: 'sends a function from its header',
      source: 'def f(a,\n   ‸   b):\n    x\n\n    return y\n\nf()\n',
      code: 'def f(a,\n      b):\n    x\n\n    return y',
      firstLine: 0,
      nextLine: 6,
    },
    {
      title: 'sends decorators with what they decorate',
      source: '@a\n@b(\n  1)\n‸def f():\n    pass\n',
      code: '@a\n@b(\n  1)\ndef f():\n    pass',
      firstLine: 0,
    },
    {
      title: 'sends a class from its decorator',
      source: '‸@dataclass\nclass A:\n    x: int\n\n\ny\n',
      code: '@dataclass\nclass A:\n    x: int',
      firstLine: 0,
      nextLine: 5,
    },
    { title: 'sends async functions', source: '@a\nasync def f():\n  await x\n‸  \ny', code: 'y', firstLine: 4 },
    {
      title: 'sends a whole if from its else',
      source: 'if a:\n  b\nelif c:\n  d\n‸else:\n  e\nf\n',
      code: 'if a:\n  b\nelif c:\n  d\nelse:\n  e',
      firstLine: 0,
      nextLine: 6,
    },
    {
      title: 'sends a whole try from its except',
      source: 'try:\n  a\n‸except E as e:\n  b\nelse:\n  c\nfinally:\n  d\n',
      code: 'try:\n  a\nexcept E as e:\n  b\nelse:\n  c\nfinally:\n  d',
      firstLine: 0,
    },
    {
      title: 'sends a whole match from its case',
      source: 'match x:\n  case 1:\n    a\n  ‸case _: b\nc\n',
      code: 'match x:\n  case 1:\n    a\n  case _: b',
      firstLine: 0,
      nextLine: 4,
    },
    { title: 'takes match as a name', source: '‸match = 1\n  \ny\n', code: 'match = 1', nextLine: 2 },
    {
      title: 'sends the code that a comment stands above',
      source: '‸# about x\n\nx = 1\ny\n',
      code: 'x = 1',
      firstLine: 2,
      nextLine: 3,
    },
    {
      title: 'sends the code that follows a blank line',
      source: 'x\n‸\n\ny\nz\n',
      code: 'y',
      firstLine: 3,
      nextLine: 4,
    },
    {
      title: 'sends a block whole from a comment at its end',
      source: 'def f():\n    a()\n\n    # ‸done\n\nb()\nc()\n',
      code: 'def f():\n    a()',
      firstLine: 0,
      nextLine: 5,
    },
    {
      title: 'sends the inner block of a comment that is indented like it',
      source: 'def f():\n    if x:\n        a()\n        # ‸done\n    b()\n',
      code: 'if x:\n    a()',
      firstLine: 1,
      nextLine: 4,
    },
    {
      title: 'sends the outer block of a comment below the inner one',
      source: 'def f():\n    if x:\n        a()\n    # ‸done\nb()\n',
      code: 'def f():\n    if x:\n        a()',
      firstLine: 0,
    },
    { title: 'sends what follows a comment below a block', source: 'if x:\n    a()\n# ‸next\nb()\n', code: 'b()' },
    {
      title: 'sends what follows a comment in its block',
      source: 'if x:\n    a()\n    # ‸next\n    b()\n',
      code: 'b()',
    },
    {
      title: 'sends a block at the end of the text from its comment',
      source: 'if x:\n    a()\n    # ‸',
      code: 'if x:\n    a()',
    },
    { title: 'sends nothing where nothing follows', source: 'x\n‸\n# end\n', code: '', firstLine: 1 },
    { title: 'sends nothing of an empty text', source: '‸', code: '', firstLine: 0, nextLine: 0 },
    {
      title: 'dedents a nested statement',
      source: 'for i in x:\n    if i:\n        ‸f(i,\n          1)\n        g()\n',
      code: 'f(i,\n  1)',
      firstLine: 2,
      nextLine: 4,
    },
    {
      title: 'dedents a method',
      source: 'class A:\n    @p\n    ‸def f(self):\n        return 1\n\n    x = 2\n',
      code: '@p\ndef f(self):\n    return 1',
      firstLine: 1,
      nextLine: 5,
    },
    {
      title: 'leaves an inner block for what follows the whole statement',
      source: 'if a:\n    ‸b()\nelse:\n    c()\nd()\n',
      code: 'b()',
      nextLine: 4,
    },
    {
      title: 'sends the function of a return',
      source: 'def f():\n    x = 1\n    ‸return x\ny\n',
      code: 'def f():\n    x = 1\n    return x',
      firstLine: 0,
      nextLine: 3,
    },
    {
      title: 'sends the loop of a break',
      source: 'if a:\n  while b:\n    if c:\n      ‸break\n    d\ne\n',
      code: 'while b:\n  if c:\n    break\n  d',
      firstLine: 1,
      nextLine: 5,
    },
    {
      title: 'sends a nested loop with its own break',
      source: 'def f():\n  ‸while b:\n    break\n',
      code: 'while b:\n  break',
      firstLine: 1,
    },
    {
      title: 'sends the function of a yield inside an expression',
      source: 'def f():\n  x = "yield"\n  ‸y = (yield x)\n',
      code: 'def f():\n  x = "yield"\n  y = (yield x)',
      firstLine: 0,
    },
    {
      title: 'takes the word yield in a string for text',
      source: 'def f():\n  ‸x = "yield"\n',
      code: 'x = "yield"',
      firstLine: 1,
    },
    { title: 'sends all statements of a line', source: 'x = 1; ‸y = 2\nz\n', code: 'x = 1; y = 2', nextLine: 1 },
    {
      title: 'sends a block on one line',
      source: 'if x: ‸y = 1\nelse: y = 2\nz\n',
      code: 'if x: y = 1\nelse: y = 2',
      nextLine: 2,
    },
  ]);
});

describe('with something selected', () => {
  check([
    { title: 'sends an expression on one line', source: 'y = ⟦foo(x) + 1⟧\n', code: 'foo(x) + 1', firstLine: 0 },
    { title: 'sends a part of a sum', source: 'y = a + ⟦b * 2⟧\n', code: 'b * 2' },
    { title: 'sends an expression with white space around it', source: 'y =⟦ foo(x) ⟧\n', code: 'foo(x)' },
    { title: 'sends a name in a header', source: 'for x in ⟦items⟧:\n  pass\n', code: 'items' },
    { title: 'sends an expression from an f-string', source: 'print(f"{⟦a + b⟧} items")\n', code: 'a + b' },
    { title: 'sends an expression from a comment', source: 'x\n# try ⟦foo(1)⟧ here\n', code: 'foo(1)', firstLine: 1 },
    { title: 'grows a cut name to its statement', source: 'result = f⟦oo(x⟧)\n', code: 'result = foo(x)' },
    {
      title: 'grows a word in a string to its statement',
      source: 'x = "say ⟦hello⟧ now"\n',
      code: 'x = "say hello now"',
    },
    { title: 'sends one of several statements on a line', source: 'a = 1; ⟦b = 2⟧; c = 3\n', code: 'b = 2' },
    { title: 'sends two of several statements on a line', source: '⟦a = 1; b = 2⟧; c = 3\n', code: 'a = 1; b = 2' },
    { title: 'sends one of several statements with its semicolon', source: '⟦a = 1;⟧ b = 2\n', code: 'a = 1;' },
    { title: 'sends one of several statements behind a header', source: 'if x: ⟦a = 1⟧; b = 2\n', code: 'a = 1' },
    {
      title: 'grows one of several statements that needs what is around it',
      source: 'for x in y: ⟦break⟧; b\n',
      code: 'for x in y: break; b',
    },
    { title: 'sends the name of what prints', source: '⟦print⟧(1)\n', code: 'print' },
    { title: 'sends a call of what prints', source: 'x = [⟦print(1)⟧]\n', code: 'print(1)' },
    { title: 'grows part of what Python 2 prints', source: 'if x: ⟦print "a"⟧, b\n', code: 'if x: print "a", b' },
    { title: 'grows a starred argument', source: 'foo(⟦*a⟧)\n', code: 'foo(*a)' },
    { title: 'sends starred elements', source: 'foo(⟦*a, b⟧)\n', code: '*a, b' },
    { title: 'grows a yield to its function', source: 'def f():\n  x = ⟦yield a⟧\n', code: 'def f():\n  x = yield a' },
    { title: 'grows part of an assignment', source: 'a⟦ = 1⟧\n', code: 'a = 1' },
    {
      title: 'grows ragged lines to whole statements',
      source: 'a = ⟦1\nb = f(\n⟧  2)\nc\n',
      code: 'a = 1\nb = f(\n  2)',
      firstLine: 0,
      nextLine: 3,
    },
    {
      title: 'leaves out a line that is selected only up to its start',
      source: '⟦a\nb\n⟧c\n',
      code: 'a\nb',
      nextLine: 2,
    },
    {
      title: 'dedents a ragged selection in a block',
      source: 'if x:\n    ⟦a = 1\n    b⟧ = 2\n    c\n',
      code: 'a = 1\nb = 2',
      firstLine: 1,
      nextLine: 3,
    },
    {
      title: 'grows a header to its block',
      source: '⟦for x in y:\n    a⟧\n    b\n',
      code: 'for x in y:\n    a\n    b',
      firstLine: 0,
    },
    {
      title: 'grows from one clause to another to the whole statement',
      source: 'if x:\n    ⟦a\nelse:\n    b⟧\n',
      code: 'if x:\n    a\nelse:\n    b',
      firstLine: 0,
    },
    {
      title: 'grows from a block to what follows it',
      source: 'if x:\n    a\n    ⟦b\nc⟧\n',
      code: 'if x:\n    a\n    b\nc',
      firstLine: 0,
    },
    { title: 'keeps comments between statements', source: '⟦a\n\n# note\nb⟧\n', code: 'a\n\n# note\nb' },
    { title: 'sends nothing of comments alone', source: '⟦# a\n# b⟧\nc\n', code: '', nextLine: 2 },
    { title: 'takes selected white space for a cursor', source: 'x = 1\n⟦  \n⟧y = 2\n', code: 'y = 2' },
  ]);
});

describe('in sources that are not tidy', () => {
  check([
    {
      title: 'never changes a string while it dedents',
      source: 'def f():\n    ‸x = """a\n    b\n\tc\n  """\n',
      code: 'x = """a\n    b\n\tc\n  """',
      firstLine: 1,
    },
    {
      title: 'never changes what an f-string shows of itself',
      source: 'def f():\n    ‸x = f"""{\n    y = }\n    """\n',
      code: 'x = f"""{\n    y = }\n    """',
    },
    {
      title: 'never changes a string that goes on after a backslash',
      source: "def f():\n    ‸x = 'a\\\n    b'\n",
      code: "x = 'a\\\n    b'",
    },
    {
      title: 'keeps CRLF',
      source: 'if x:\r\n    ‸for y in z:\r\n        """a\r\n        b"""\r\n',
      code: 'for y in z:\r\n    """a\r\n        b"""',
      firstLine: 1,
    },
    {
      title: 'takes CR alone for a line break',
      source: 'a\rif ‸x:\r  y\rz',
      code: 'if x:\r  y',
      firstLine: 1,
      nextLine: 3,
    },
    { title: 'dedents tabs', source: 'if x:\n\t‸if y:\n\t\tz\n', code: 'if y:\n\tz' },
    {
      title: 'dedents mixed tabs and spaces by their columns',
      source: 'if x:\n    if y:\n        ‸if z:\n\t    a\n',
      code: 'if z:\n    a',
    },
    {
      title: 'takes a form feed for a blank line',
      source: 'class A:\n    x = 1\n\f\n    ‸y = 2\n',
      code: 'y = 2',
      firstLine: 3,
    },
    {
      title: 'sends a statement behind a form feed',
      source: 'x\n\fdef ‸f():\n    pass\n',
      code: 'def f():\n    pass',
      firstLine: 1,
    },
    { title: 'leaves out a byte order mark', source: '\uFEFF‸x = 1\n', code: 'x = 1' },
    { title: 'counts in UTF-16', source: '"😀" + ⟦größe⟧ + "名"\n', code: 'größe' },
    { title: 'takes a line separator for text', source: 'x = "a\u2028b"\n‸y\n', code: 'y', firstLine: 1 },
    {
      title: 'sends Python 2',
      source: 'x\n‸print "a", `b`\nexec "c"\n',
      code: 'print "a", `b`',
      firstLine: 1,
      nextLine: 2,
    },
    {
      title: 'sends what only IPython knows',
      source: '‸%matplotlib inline\n!ls\n',
      code: '%matplotlib inline',
      nextLine: 1,
    },
    {
      title: 'reads nested quotes in an f-string',
      source: '‸x = f"{a["("]:{b["{"]}}"\ny\n',
      code: 'x = f"{a["("]:{b["{"]}}"',
      nextLine: 1,
    },
    {
      title: 'reads an f-string whose field spans lines',
      source: 'x = f"{\n  ‸a\n}"\ny\n',
      code: 'x = f"{\n  a\n}"',
      nextLine: 3,
    },
    {
      title: 'takes a hash in a string for text',
      source: '‸x = "#" + (\n"#")\ny\n',
      code: 'x = "#" + (\n"#")',
      nextLine: 2,
    },
  ]);
});

describe('with a mistake elsewhere', () => {
  const statement = '\n\ndef f(a):\n    if a:\n        ‸g(a,\n          1)\n    return a\n\nh()\n';
  check(
    [
      'x = foo(',
      'x = [1, {2: (3',
      'foo(a,\n    b\n\nimport os',
      'x = "open',
      "x = f'{open",
      'x = f"{a:{b',
      'x = )]}',
      'def g(:\n    x = 1',
      'if x\n    y = 1',
      'else:\n    z',
      '    unexpected = 1',
      'x = 1\n  y = 2\n z = 3',
      '@',
      'print "python 2" % (1,',
      '(\n'.repeat(300),
    ].map((mistake) => ({
      title: `sends the same after ${JSON.stringify(mistake).slice(0, 40)}`,
      source: mistake + statement,
      code: 'g(a,\n  1)',
      nextLine: (mistake + statement).split('\n').findIndex((line) => line.includes('return')),
    })),
  );

  check([
    { title: 'sends a statement above an open string', source: '‸x = 1\ny = """\nz = 2\n', code: 'x = 1', nextLine: 1 },
    { title: 'sends a statement below an open string', source: 'y = """\n‸z = 2\n', code: 'z = 2', firstLine: 1 },
    {
      title: 'ends an open bracket at the statement that follows',
      source: 'x = ‸foo(\ny = 1\nz = 2\n',
      code: 'x = foo(',
      nextLine: 1,
    },
    {
      title: 'keeps an assignment in brackets that are closed',
      source: 'x = ‸foo(\ny = 1\n)\nz\n',
      code: 'x = foo(\ny = 1\n)',
      nextLine: 3,
    },
    {
      title: 'gives an unexpected indent its own statement',
      source: 'x = 1\n    ‸y = 2\nz\n',
      code: 'y = 2',
      firstLine: 1,
      nextLine: 2,
    },
  ]);
});
