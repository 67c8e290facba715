import { describe, expect, it } from 'vitest';
import { placesIn, textLinks } from '../../../src/protocol/textLinks.js';

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
    ['12:30 and 3.py and x.py:y and ftp://x.org and file.pyc:3', []],
  ] as const)('lead to pages and places: %s', ([text, links]) => {
    expect(found(text)).toEqual(links);
  });

  it('are counted over the runs of a line, without those that are links already', () => {
    const line = { runs: ['a.py:1 ', ['b.py:2', { href: 'https://x.org' }], ['c.py:3', { bold: true }]] as const };
    expect(placesIn(line)).toMatchObject([{ file: 'a.py' }, { file: 'c.py' }]);
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
    ]) {
      const start = performance.now();
      textLinks(`${part.repeat(200_000 / part.length)}:1`);
      expect(performance.now() - start, part).toBeLessThan(500);
    }
  });
});
