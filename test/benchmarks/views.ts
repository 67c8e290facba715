import { ExtSession } from '../../src/library.js';
import { RootNodes } from '../../src/variables/rootNodes.js';
import { SeenVariables } from '../../src/variables/seenVariables.js';
import { median } from './measure.js';
import type { Row } from './row.js';

const NAMES = 5000;
const CHANGED = 100;
const TURNS = 9;
const WATCHED_MS = 400;

interface Language {
  readonly label: string;
  readonly options: NonNullable<Parameters<typeof ExtSession.start>[0]>;
  /**
   * Makes names with values of several kinds, and `watched`, which tells the longest pause of a loop, in milliseconds.
   */
  readonly names: string;
  /** Changes some of them. */
  readonly change: string;
  readonly watched: string;
  /** The processor time of the session's process so far, in milliseconds. */
  readonly spent: string;
}

const languages = (python: string): readonly Language[] => [
  {
    label: 'Python',
    options: { interpreter: python },
    names: `
class Point:
    def __init__(self, x): self.x, self.tags = x, ['a', 'b']
for _i in range(${String(NAMES)}):
    globals()[f'name_{_i}'] = [_i, f'text {_i}', list(range(_i % 40)), {'key': _i, 'more': [1, 2]}, Point(_i)][_i % 5]
def watched():
    from time import perf_counter
    longest, last, end = 0, perf_counter(), perf_counter() + ${String(WATCHED_MS / 1000)}
    while last < end:
        now = perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1000`,
    change: `import time\nfor _i in range(${String(CHANGED)}): globals()[f'name_{_i * 7}'] = ('changed', time.time_ns())`,
    watched: 'watched()',
    spent: "__import__('time').process_time() * 1000",
  },
  {
    label: 'JavaScript',
    options: { evaluator: 'javascript' },
    names: `
class Point { constructor(x) { this.x = x; this.tags = ['a', 'b']; } }
for (let i = 0; i < ${String(NAMES)}; i++) globalThis['name_' + i] =
  [i, 'text ' + i, Array.from({ length: i % 40 }, (_, at) => at), { key: i, more: [1, 2] }, new Point(i)][i % 5];
async function watched() {
  let longest = 0, last = performance.now();
  const end = last + ${String(WATCHED_MS)};
  while (last < end) {
    await new Promise(setImmediate);
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
  }
  return longest;
}`,
    change: `for (let i = 0; i < ${String(CHANGED)}; i++) globalThis['name_' + i * 7] = ['changed', performance.now()]`,
    watched: 'await watched()',
    spent: 'process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000',
  },
];

/**
 * The Variables view of a large namespace: from the end of a command to the lines of the tree, and what the session
 * pays.
 */
export async function viewsFigures(python: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const language of languages(python)) rows.push(...(await variablesOf(language)));
  return rows;
}

async function variablesOf({ label, options, names, change, watched, spent }: Language): Promise<Row[]> {
  await using session = await ExtSession.start(options);
  await session.execute(names).wait();
  const [seen, roots] = [new SeenVariables(), new RootNodes()];
  const look = async (): Promise<number> => {
    seen.update(await session.variableChanges(seen.revision));
    roots.update(seen, { order: 'name', hidden: [], pinned: [] });
    return roots.all.filter(({ isChanged }) => isChanged).length;
  };
  await look();
  const [shown, inSession, inHost]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < TURNS; turn++) {
    await session.execute(change).wait();
    const [session0, host0] = [Number(await session.evaluate(spent)), process.cpuUsage()];
    const begun = performance.now();
    const changed = await look();
    shown.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(host0);
    inHost.push((user + system) / 1000);
    inSession.push(Number(await session.evaluate(spent)) - session0);
    if (changed < CHANGED) throw new Error(`Only ${String(changed)} changes are marked.`);
  }
  const [asked, alone]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    alone.push(Number(await session.evaluate(watched)));
    const longest = session.evaluate(watched);
    await look();
    asked.push(Number(await longest));
  }
  const what = `of ${String(NAMES)} variables, ${String(CHANGED)} changed (${label})`;
  return [
    { what: `view ${what}`, unit: 'ms', ours: median(shown), target: { atMost: 100 } },
    { what: `processor time of the session for it (${label})`, unit: 'ms', ours: median(inSession) },
    { what: `processor time of the host for it (${label})`, unit: 'ms', ours: median(inHost) },
    {
      what: `session stands still for the view ${what}`,
      unit: 'ms',
      ours: median(asked),
      reference: { name: 'nobody asks', value: median(alone) },
      target: { moreAtMost: 5 },
    },
  ];
}
