import { describe } from 'vitest';
import { check } from './selectionCases.js';

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
