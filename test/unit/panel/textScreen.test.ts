import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedText } from '../../../media/panel/command/visibleLines.js';
import { recordedBars } from '../../fixtures/recordedBars.js';
import { hostileLinks } from '../../support/panelPage/hostile.js';
import { AnsiParser } from '../../../src/panel/terminal/ansiParser.js';
import { LONGEST_LINE } from '../../../src/panel/terminal/unfinishedLine.js';
import { TextScreen, type TextBounds } from '../../../src/panel/terminal/textScreen.js';
import type { Line, TextBlock, TextStyle } from '../../../src/protocol/panelEntries.js';

const small: TextBounds = { headLines: 2, headCharacters: 10_000, tailLines: 3, tailCharacters: 10_000 };

function screenOf(chunks: readonly string[], bounds?: TextBounds): TextScreen {
  const screen = new TextScreen(bounds);
  const parser = new AnsiParser();
  for (const chunk of chunks) screen.write(chunk, parser);
  return screen;
}

/** Its type keeps the linter from taking a property for a method of strings. */
function styled(style: TextStyle & { readonly href?: string }): TextStyle {
  return style;
}

function linesOf(text: string): readonly Line[] {
  const { head, tail } = screenOf([text]).block();
  return [...head, ...tail];
}

/** Pieces that terminal programs write, among them sequences that a cut can break. */
const piece = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '\n',
    '\r',
    '\r\n',
    '\b',
    '\t',
    '\x1b[31m',
    '\x1b[1;38;5;208m',
    '\x1b[48;2;1;2;3m',
    '\x1b[0m',
    '\x1b[m',
  ),
  fc.constantFrom(
    '\x1b[K',
    '\x1b[2K',
    '\x1b[1K',
    '\x1b[?25l',
    '\x1b]0;title\x07',
    '\x1b]8;;http://a\x1b\\',
    '\x1b(B',
    '\x9b3m',
  ),
  fc.constantFrom('\x1b[A', '\x1b[2A', '\x1b[3F', '\x1b[B', '\x1b[2E', '\x1b[J', '\n\n\n'),
  fc.constantFrom('\x1b]8;;\x07', '\x1b]8;id=1;mailto:a@b\x07', '\x1b]8;;javascript:a\x07'),
  fc.constantFrom('\x1b', '\x1b[', '\x1b]', 'é', '漢字', '😀'),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 10 });

function cutAt(whole: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => Math.min(place, whole.length)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => whole.slice(from, sorted[index] ?? whole.length));
}

describe('terminal text', () => {
  it('looks the same wherever its chunks are cut', () => {
    fc.assert(
      fc.property(text, cuts, (whole, places) => {
        expect(screenOf(cutAt(whole, places)).block()).toEqual(screenOf([whole]).block());
      }),
    );
  });

  it('reaches somebody who is sent only what changed, whole', () => {
    fc.assert(
      fc.property(text, cuts, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (whole, places, sends) => {
        const screen = new TextScreen(small);
        const parser = new AnsiParser();
        let copy: TextBlock = screen.block();
        let behindFrom: number | undefined;
        for (const [index, chunk] of cutAt(whole, places).entries()) {
          const from = screen.write(chunk, parser);
          behindFrom = Math.min(behindFrom ?? from, from);
          if (!sends[index]) continue;
          copy = changedText(copy, { type: 'text', key: 0, part: 0, ...screen.since(behindFrom) });
          behindFrom = undefined;
        }
        if (behindFrom !== undefined) {
          copy = changedText(copy, { type: 'text', key: 0, part: 0, ...screen.since(behindFrom) });
        }
        expect(copy).toEqual(screen.block());
      }),
    );
  });

  it('holds no escape sequence, however broken', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(JSON.stringify(screenOf([whole]).block())).not.toMatch(/\\u001b|\\u009b/);
      }),
    );
  });

  it('keeps colours and attributes over lines until they are reset', () => {
    expect(linesOf('\x1b[1;31mred\nstill\x1b[22m thin\x1b[0m plain')).toEqual([
      { runs: [['red', styled({ bold: true, fg: 1 })]] },
      { runs: [['still', styled({ bold: true, fg: 1 })], [' thin', { fg: 1 }], ' plain'] },
    ]);
  });

  it('knows bright, palette and true colours, in both spellings', () => {
    const styles = ['\x1b[92m', '\x1b[38;5;208m', '\x1b[38;2;255;0;0m', '\x1b[38:2::255:0:0m', '\x1b[38:5:208m'].map(
      (code) => {
        const [line] = linesOf(`${code}x`);
        return typeof line === 'object' ? line.runs[0]?.[1] : undefined;
      },
    );
    expect(styles).toEqual([{ fg: 10 }, { fg: 208 }, { fg: 196 }, { fg: 196 }, { fg: 208 }]);
  });

  it('writes over the line after a carriage return, as progress bars do', () => {
    expect(linesOf('  1%|#    |\r 50%|##   |\r100%|#####|\ndone')).toEqual(['100%|#####|', 'done']);
    expect(linesOf('12345\rab')).toEqual(['ab345']);
    expect(linesOf('12345\r\x1b[Kab')).toEqual(['ab']);
    expect(linesOf('windows\r\nlines\r\n')).toEqual(['windows', 'lines']);
    expect(linesOf('ab\bc')).toEqual(['ac']);
  });

  it('draws nested bars of tqdm where they belong', () => {
    const { tqdmNested } = recordedBars;
    expect(linesOf(tqdmNested)).toEqual([
      'in 0: 2/2|#############################|',
      'in 1: 2/2|#############################|',
      'kept: 2/2|#############################|',
    ]);
  });

  it('draws bars of rich, and what is printed above them, where they belong', () => {
    const bar = ['━━━━━━━━━━', { fg: 8 }];
    expect(linesOf(recordedBars.rich)).toEqual([
      'a line above',
      { runs: ['outer ', bar, ' 2/2'] },
      { runs: ['inner ', bar, ' 2/2'] },
    ]);
  });

  it('moves over lines that are there, and no further', () => {
    expect(linesOf('one\ntwo\nthree\x1b[2AX\x1b[BY\x1b[9BZ')).toEqual(['one  X', 'two   Y', 'three  Z']);
    expect(linesOf('one\ntwo\n\x1b[2FX\x1b[E\x1b[EY')).toEqual(['Xne', 'two', 'Y']);
    expect(linesOf('one\x1b[99AX')).toEqual(['oneX']);
    expect(linesOf('one\ntwo\nthree\x1b[2A\r\x1b[Jnew')).toEqual(['new']);
  });

  it('goes up only to lines that are kept, and not beyond a tall terminal', () => {
    const lines = Array.from({ length: 300 }, (_, index) => String(index)).join('\n');
    const { head, tail, total } = screenOf([`${lines}\x1b[250A\rX`]).block();
    expect(total).toBe(300);
    expect([...head, ...tail].flatMap((line, index) => (line === `X${String(index).slice(1)}` ? [index] : []))).toEqual(
      [199],
    );
    expect(screenOf([`${lines}\x1b[250A\rX`], small).block()).toMatchObject({ head: ['0', '1'], total: 300 });
  });

  it('keeps fewer lines of many colors, which take longer to draw than long ones', () => {
    const runs = ({ head, tail }: TextBlock): number =>
      [...head, ...tail].reduce((sum, line) => sum + (typeof line === 'string' ? 1 : line.runs.length), 0);
    const many = screenOf(['\x1b[31mx\x1b[32my'.repeat(900).concat('\n').repeat(600)]).block();
    expect(many.total).toBe(600);
    expect(runs(many)).toBeLessThan(30_000);
    expect(runs(many)).toBeGreaterThan(10_000);
    expect(screenOf(['x\n'.repeat(600)]).block().tail.length).toBe(400);
  });

  it('leaves lines as they are that a program only moves over', () => {
    const screen = screenOf(['\x1b[31ma\x1b[32mb\n'.repeat(5)]);
    const { head: before } = screen.block();
    screen.write('\x1b[4A\x1b[3B\x1b[2Fx', new AnsiParser());
    const { head: after } = screen.block();
    expect(after.map((line, index) => line === before[index])).toEqual([true, true, false, true, true]);
  });

  it('overwrites a character of a line of many colours as fast as one of a line of few', () => {
    const writing = (before: string): number => {
      const [screen, parser] = [screenOf([before]), new AnsiParser()];
      const begun = process.cpuUsage().user;
      for (let time = 0; time < 5000; time++) screen.write('\by', parser);
      return process.cpuUsage().user - begun;
    };
    const times = Array.from({ length: 5 }, () => [
      writing('x'.repeat(1900)),
      writing('\x1b[31mx\x1b[32my'.repeat(950)),
    ]);
    const [few = 0, many = 0] = [0, 1].map((index) => Math.min(...times.map((each) => each[index] ?? Infinity)));
    expect(many).toBeLessThan(10 * few + 5000);
  });

  it('makes links to pages and mailboxes, over colours and their resets; others stay text', () => {
    const href = 'https://example.org/a?b=c;d';
    expect(linesOf(`see \x1b]8;id=1;${href}\x1b\\\x1b[1mthe\x1b[0m docs\x1b]8;;\x1b\\.`)).toEqual([
      { runs: ['see ', ['the', styled({ bold: true, href })], [' docs', { href }], '.'] },
    ]);
    expect(linesOf('\x1b]8;;mailto:ada@example.org\x07mail\x1b]8;;\x07')).toEqual([
      { runs: [['mail', { href: 'mailto:ada@example.org' }]] },
    ]);
    for (const hostile of hostileLinks) expect(linesOf(`\x1b]8;;${hostile}\x07text\x1b]8;;\x07`)).toEqual(['text']);
  });

  it('ends a sequence that never ends at the end of its line', () => {
    expect(linesOf('\x1b]0;title without an end\nnext')).toEqual(['', 'next']);
  });

  it('keeps the first and the last lines and counts those between', () => {
    const lines = Array.from({ length: 100 }, (_, index) => String(index));
    expect(screenOf([lines.join('\n')], small).block()).toEqual({
      head: ['0', '1'],
      tail: ['96', '97', '98', '99'],
      total: 100,
    });
  });

  it('counts a flood that comes in large chunks like one that comes in small ones', () => {
    const flood = Array.from({ length: 50_000 }, (_, index) => `line ${String(index)}\n`).join('');
    const pieces = flood.match(/[^]{1,97}/g) ?? [];
    expect(screenOf([flood.slice(0, 5000), flood.slice(5000)]).block()).toEqual(screenOf(pieces).block());
  });

  it('counts floods whenever somebody looks, and whatever comes in between', () => {
    const flood = fc
      .tuple(fc.integer({ min: 450, max: 900 }), fc.boolean())
      .map(
        ([lines, isCut]) =>
          Array.from({ length: lines }, (_, at) => `row ${String(at)}\n`).join('') + (isCut ? 'cut' : ''),
      );
    const others = fc.constantFrom('one\ntwo', '\n', 'three\rfour\n', '\x1b[31mred', '\x1b[0mno\n', 'é', '\x1b[K');
    const chunk = fc.record({ text: fc.oneof(flood, flood, others), isSeen: fc.boolean() });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), (chunks) => {
        const [screen, other] = [new TextScreen(small), new TextScreen(small)];
        const [parser, otherParser] = [new AnsiParser(), new AnsiParser()];
        let unseen = Infinity;
        for (const { text, isSeen } of chunks) {
          const from = screen.write(text, parser);
          const pieces = (text.match(/[^]{1,97}/g) ?? []).map((piece) => other.write(piece, otherParser));
          expect(from).toBe(Math.min(from, ...pieces));
          unseen = Math.min(unseen, from);
          if (!isSeen) continue;
          expect(screen.since(unseen)).toEqual(other.since(unseen));
          unseen = Infinity;
        }
        expect(screen.block()).toEqual(other.block());
      }),
    );
  });

  it('cuts a line that nobody would read to its end, and says by how much', () => {
    const [line] = screenOf(['x'.repeat(50_000_000)]).block().head;
    expect(line).toEqual({ runs: ['x'.repeat(LONGEST_LINE)], cut: 50_000_000 - LONGEST_LINE });
  });

  it('is bounded in characters as well as in lines', () => {
    const wide = `${'y'.repeat(1900)}\n`;
    const screen = screenOf(Array.from({ length: 3000 }, () => wide));
    expect(screen.characters).toBeLessThan(600_000);
    expect(screen.total).toBe(3000);
  });
});
