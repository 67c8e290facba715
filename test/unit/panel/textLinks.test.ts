import { describe, expect, it } from 'vitest';
import { linksByRun, placesIn, textLinks } from '../../../src/protocol/textLinks.js';

const found = (text: string): string[] =>
  textLinks(text).map((link) => ('href' in link ? link.href : `${link.file} at ${String(link.line)}`));

describe('links in output', () => {
  it.for([
    ['see https://example.org/a_(b)?c=d#e.', ['https://example.org/a_(b)?c=d#e']],
    ['(http://localhost:8888/?token=abc), [https://x.org]', ['http://localhost:8888/?token=abc', 'https://x.org']],
    ['/home/ada/my project/train.py:71: UserWarning: odd', ['/home/ada/my project/train.py at 71']],
    [String.raw`C:\work\a.py:3: DeprecationWarning: old`, [String.raw`C:\work\a.py at 3`]],
    ['tests/test_x.py:12: AssertionError', ['tests/test_x.py at 12']],
    ['at load (/home/ada/lib/load.mjs:4:11)', ['/home/ada/lib/load.mjs at 4']],
    ['  File "/home/ada/my file.py", line 9, in <module>', ['/home/ada/my file.py at 9']],
    ['at file:///home/ada/my%20lib/load.mjs:4:11', ['/home/ada/my lib/load.mjs at 4']],
    ['at f (file:///C:/work/a.ts:3:4)', ['C:/work/a.ts at 3']],
    [
      '(https://x.org/a_(b)_(c)) “https://x.org/d”, https://x.org/e…',
      ['https://x.org/a_(b)_(c)', 'https://x.org/d', 'https://x.org/e'],
    ],
    ['文/件.py:3 --> src/lib.rs:5:1 my%20a.py:3', ['文/件.py at 3', 'src/lib.rs at 5']],
    ['at f (/home/ada/my lib/load.mjs:4:11)', ['/home/ada/my lib/load.mjs at 4']],
    [String.raw`at f (C:\my lib\a.js:4:11)`, [String.raw`C:\my lib\a.js at 4`]],
    ['/home/ada/my lib/a.py:3:1 E501', ['/home/ada/my lib/a.py at 3']],
    ['> /home/ada/a.py(12)<module>()', ['/home/ada/a.py at 12']],
    ['src/a.ts(3,15): error TS2304', ['src/a.ts at 3']],
    ['file /home/ada/test_a.py, line 4', ['/home/ada/test_a.py at 4']],
    ["File '/home/ada/my a.py', line 5", ['/home/ada/my a.py at 5']],
    ['Saved file:///home/ada/my%20plot.html.', ['/home/ada/my plot.html at 1']],
    ['HTTPS://X.org/A', ['HTTPS://X.org/A']],
    ['12:30 and 3.py and x.py:y and ftp://x.org and file.pyc:3', []],
  ] as const)('lead to pages and places: %s', ([text, links]) => {
    expect(found(text)).toEqual(links);
  });

  it('are counted over the runs of a line, without those that are links already', () => {
    const line = { runs: ['a.py:1 ', ['b.py:2', { href: 'https://x.org' }], ['c.py:3', { bold: true }]] as const };
    expect(placesIn(line)).toMatchObject([{ file: 'a.py' }, { file: 'c.py' }]);
  });

  it('go over the runs of a line, whatever their colors', () => {
    const runs = [
      ['src/a.ts', { fg: 1 }],
      ':',
      ['3', { fg: 2 }],
      ' ',
      ['https://x.', { bold: true }],
      'org/a',
    ] as const;
    expect(placesIn({ runs })).toMatchObject([{ file: 'src/a.ts', line: 3 }]);
    const parts = linksByRun(runs).map((links) => links.map(({ from, to, isFirst }) => [from, to, isFirst]));
    expect(parts).toEqual([[[0, 8, true]], [[0, 1, false]], [[0, 1, false]], [], [[0, 10, true]], [[0, 5, false]]]);
  });

  it('are found in a time that does not run away', () => {
    for (const part of [
      'a',
      'a.',
      'a/',
      '/a.py ',
      'http://',
      'file:///',
      'http://x)',
      '))',
      'File "',
      'x.py:1 ',
      '/x.py:',
      ' :1',
      'file:///a.',
      '(/x.py',
      'x.py(',
      'x.py line ',
    ]) {
      const start = performance.now();
      textLinks(`${part.repeat(200_000 / part.length)}:1`);
      expect(performance.now() - start, part).toBeLessThan(500);
    }
  });
});
