import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { OutputSearch, type Found, type SearchLimits } from '../../../src/panel/find/outputSearch.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { stripEscapes } from '../../../src/panel/terminal/stripEscapes.js';
import type { FindQuery } from '../../../src/protocol/findQuery.js';
import type { Line, Part } from '../../../src/protocol/panelEntries.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { ScriptedSession, type ScriptedCommand } from '../../support/panelPage/scriptedSession.js';

let model: PanelModel;
let session: ScriptedSession;

beforeEach(() => {
  model = new PanelModel();
  session = new ScriptedSession(model);
});

const usual: SearchLimits = { sliceMs: 10, hangMs: 100, totalMs: 60_000, matches: 10_000 };

function query(text: string, options: Partial<FindQuery> = {}): FindQuery {
  return { text, matchCase: false, wholeWord: false, regex: false, ...options };
}

async function search(asked: string | FindQuery, limits: Partial<SearchLimits> = {}): Promise<Found> {
  const found = await new OutputSearch(model, { ...usual, ...limits }).run(
    typeof asked === 'string' ? query(asked) : asked,
  );
  if (!found) throw new Error('The search was given up.');
  return found;
}

function counts({ commands }: Found): number[] {
  return commands.map(({ count }) => count);
}

/** The first match of each command as the document says it. */
function selected({ commands }: Found): (string | undefined)[] {
  return commands.map(({ key, first: { line, column, length } }) => {
    const document = stripEscapes(model.output(key) ?? '').split(/\r\n|[\r\n]/);
    return document[line]?.slice(column, column + length);
  });
}

function numbered(count: number, word = 'line'): string {
  return Array.from({ length: count }, (_, index) => `${word} ${String(index)}\n`).join('');
}

function prints(text: string): ScriptedCommand {
  return session.add('show()').start().stdout(text).ok();
}

function keptText(part: Part): string {
  if (part.type === 'error') return '';
  const text = (line: Line): string =>
    typeof line === 'string' ? line : line.runs.map((run) => (typeof run === 'string' ? run : run[0])).join('');
  return [...part.text.head, ...part.text.tail].map(text).join('\n');
}

/** How often it stands in what the panel keeps. */
function inPanel(word: string): number {
  const parts = model.entries().flatMap((entry) => (entry.type === 'command' ? entry.parts : []));
  return parts.map(keptText).join('\n').split(word).length - 1;
}

describe('the search in output that the panel does not keep', () => {
  it('finds what stands between the first and the last lines, and tells where', async () => {
    prints(numbered(10_000));
    const found = await search('LINE 5000');
    expect(found).toMatchObject({ commands: [{ count: 1, first: { line: 5000, column: 0, length: 9 } }], isAll: true });
    expect(selected(found)).toEqual(['line 5000']);
  });

  it('does not count lines that the panel keeps', async () => {
    prints(numbered(10_000));
    expect(inPanel('line')).toBe(500);
    expect(counts(await search('line'))).toEqual([9500]);
    expect(counts(await search(query('^line (99|9600)$', { regex: true })))).toEqual([]);
    expect(counts(await search(query('^line (100|9599)$', { regex: true })))).toEqual([2]);
  });

  it('finds nothing where the panel keeps all', async () => {
    prints(numbered(400));
    session.add('fails()').start().fails(keyError);
    expect((await search('line')).commands).toEqual([]);
    expect((await search('KeyError')).commands).toEqual([]);
  });

  it('lists the commands with matches in order, while they run too', async () => {
    prints(numbered(1000, 'hay'));
    prints(numbered(1000));
    session.add('runs()').start().stdout(numbered(2000));
    expect(counts(await search('line'))).toEqual([500, 1500]);
  });

  it('minds case, whole words and regular expressions as the panel does', async () => {
    prints(`${numbered(300)}Äpfel äpfelbaum\n${numbered(500)}`);
    expect(counts(await search('ÄPFEL'))).toEqual([2]);
    expect(counts(await search(query('Äpfel', { matchCase: true })))).toEqual([1]);
    expect(counts(await search(query('äpfel', { wholeWord: true })))).toEqual([1]);
    expect(counts(await search(query('^ä.*m$', { regex: true })))).toEqual([1]);
    expect(counts(await search(query('x*', { regex: true })))).toEqual([]);
    expect((await search(query('(', { regex: true }))).commands).toEqual([]);
  });

  it('reads colours, carriage returns and erased text as a person does', async () => {
    const bar = '\r 10%|#\r 50%|###\r\x1b[K100%|done';
    prints(`${numbered(300)}a \x1b[31mNee\x1b[0mdle\r\n${bar}\nX\b\bYZ\n${numbered(600)}`);
    const needle = await search('needle');
    expect(needle.commands).toMatchObject([{ count: 1, first: { line: 300, column: 2 } }]);
    expect(selected(needle)).toEqual(['Needle']);
    expect(counts(await search('50%'))).toEqual([]);
    const done = await search('100%|done');
    expect(counts(done)).toEqual([1]);
    expect(selected(done)).toEqual(['100%|done']);
    expect(counts(await search('XY'))).toEqual([]);
  });

  it('does not take the states of bars that write over one another for output of their own', async () => {
    const bars = Array.from({ length: 2000 }, (_, step) => `outer ${String(step)}\ninner ${String(step)}\x1b[A\r`);
    prints(bars.join(''));
    expect((await search('outer')).commands).toEqual([]);
    prints(`${numbered(200)}${bars.join('')}\n\n${numbered(600)}`);
    const found = await search('outer');
    expect(counts(found)).toEqual([1]);
    expect(selected(found)).toEqual(['outer']);
    expect(counts(await search('outer 1999'))).toEqual([1]);
  });

  it('finds the rest of long lines, in lines that are kept too', async () => {
    prints(`near ${'x'.repeat(3000)} far\n`);
    const found = await search('far');
    expect(selected(found)).toEqual(['far']);
    expect(counts(await search('near'))).toEqual([]);
    prints(`${'y'.repeat(200_000)} farther\n`);
    expect(await search('farther')).toMatchObject({ commands: [], isAll: false });
  });

  it('finds what comes in between outputs that are not shown: text, errors and values', async () => {
    const busy = session.add('busy()').start();
    for (let step = 0; step < 100; step++) busy.stdout(`out ${String(step)}\n`).stderr(`err ${String(step)}\n`);
    for (let step = 0; step < 100; step++) busy.display({ 'text/plain': `shown ${String(step)}` }).stdout('mark\n');
    busy.fails(keyError);
    const found = await search('out 5');
    expect(selected(found)).toEqual(['out 5']);
    expect(counts(await search('out'))).toEqual([90]);
    expect(counts(await search('err'))).toEqual([90]);
    expect(counts(await search('shown'))).toEqual([100 - inPanel('shown')]);
    expect(counts(await search('KeyError'))).toEqual([]);
  });

  it('keeps its place beside what the user answered, and forgets what was taken back', async () => {
    const asks = session.add('input()').start().stdout(numbered(600));
    asks.asks('who? ').answer('me');
    asks.stdout(numbered(600, 'more')).ok();
    expect(counts(await search('line'))).toEqual([100]);
    const more = await search('more');
    expect(more.commands).toMatchObject([{ count: 100, first: { line: 700 } }]);
    session.add('clears()').start().stdout(numbered(900, 'gone')).clears().stdout('left\n').ok();
    expect(counts(await search('gone'))).toEqual([]);
  });

  it('counts each match once, wherever output is cut', async () => {
    const word = fc.constantFrom('needle\n', 'hay\n', 'needle', 'hay', '\x1b[32mneedle\x1b[0m\n', '\n', '\r\n', 'ü\n');
    const chunk = fc.record({
      text: fc.array(word).map((words) => words.join('')),
      times: fc.integer({ min: 1, max: 1500 }),
    });
    const output = fc.record({ stream: fc.constantFrom('stdout' as const, 'stderr' as const), chunk });
    await fc.assert(
      fc.asyncProperty(fc.array(output, { maxLength: 8 }), async (outputs) => {
        model = new PanelModel();
        const command = new ScriptedSession(model).add('any()').start();
        for (const {
          stream,
          chunk: { text, times },
        } of outputs)
          command[stream](text.repeat(times));
        const found = await search('needle', { matches: 1_000_000 });
        fc.pre(found.isAll); // a line may have become too long
        const all = stripEscapes(command.results.outputs.map((one) => ('text' in one ? one.text : '')).join('\0'));
        expect(inPanel('needle') + (counts(found)[0] ?? 0)).toBe(all.split('needle').length - 1);
        expect(selected(found)).toEqual(found.commands.map(() => 'needle'));
      }),
      { numRuns: 60 },
    );
  });

  it('reads what went to disk in pieces, and knows the line also past them', async () => {
    const line = `${'words of a long output '.repeat(4)}\n`;
    const many = Math.ceil((20 << 20) / line.length);
    prints(`${line.repeat(many)}the needle\n${line.repeat(many / 50)}`);
    const found = await search('needle');
    expect(found).toMatchObject({ commands: [{ count: 1, first: { line: many, column: 4 } }], isAll: true });
  });

  it('leaves room for other work while it searches', async () => {
    prints(numbered(100_000));
    let turns = 0;
    let isOver = false;
    const work = (): void => {
      turns += 1;
      if (!isOver) setImmediate(work);
    };
    work();
    expect(counts(await search('line 2000', { sliceMs: 1 }))).toEqual([11]);
    isOver = true;
    expect(turns).toBeGreaterThan(5);
  });

  it('stops counting at so many matches, and says so', async () => {
    prints(numbered(1000));
    prints(numbered(1000));
    expect(await search('line', { matches: 700 })).toMatchObject({
      commands: [{ count: 500 }, { count: 200 }],
      isAll: false,
    });
  });

  it('gives up the lines at which a regular expression hangs, and says so', async () => {
    prints(`${numbered(300)}before: aaa\n${'a'.repeat(60)}b\nafter: aa\n${numbered(600)}`);
    const found = await search(query('(a+)+$', { regex: true }), { hangMs: 20 });
    expect(found).toMatchObject({ commands: [{ count: 2, first: { line: 300, column: 8 } }], isAll: false });
  });

  it('ends when its time is over, with what it has', async () => {
    prints(`${numbered(300)}early aaa\n${`${'a'.repeat(60)}b\n`.repeat(1000)}${numbered(600)}`);
    const found = await search(query('(a+)+$', { regex: true }), { hangMs: 20, totalMs: 100 });
    expect(found).toMatchObject({ commands: [{ count: 1 }], isAll: false });
  });

  it('is given up for a newer one, and when nothing is wanted any more', async () => {
    prints(numbered(100_000));
    const searches = new OutputSearch(model, { ...usual, sliceMs: 0 });
    const first = searches.run(query('line'));
    const second = searches.run(query('line 777'));
    expect(await first).toBeUndefined();
    expect((await second)?.commands).toMatchObject([{ first: { line: 777 } }]);
    const third = searches.run(query('line'));
    searches.stop();
    expect(await third).toBeUndefined();
  });

  it('knows nothing of what an earlier window did not keep', async () => {
    prints(numbered(1000));
    const earlier = model.entries();
    model = new PanelModel();
    model.restore(earlier, 0);
    const found = await search('line');
    expect(found.commands).toEqual([]);
    expect(found.since).toBeGreaterThan(model.keys().at(-2) ?? Infinity);
  });
});
