import { ExtSession } from '../../src/library.js';
import type { Row } from './row.js';

const TIMES = 100;
/** What a session may not need. With displays, each command asks once whether something is to be shown at its end. */
const features = { magics: 0, reloading: 0, values: 1 };

/** Those of features that are loaded when they are used. Not even the interpreter's list of modules has ours. */
const COUNT_MODULES = `len([
    one for one in __import__("gc").get_objects()
    if type(one) is type(__builtins__) and one.__name__.startswith(("_extsession_worker.magics", "_extsession_worker.reloading"))
])`;

/** Counts the calls of the worker's functions by their folder, in the commands that follow and between them. */
const COUNT_CALLS = `
import re, sys
calls = {}
def note(frame, event, arg, folder=re.compile(r"_extsession_worker/(\\w+)/").search, calls=calls):
    found = event == "call" and folder(frame.f_code.co_filename)
    if found:
        calls[found[1]] = calls.get(found[1], 0) + 1
sys.setprofile(note)`;

/**
 * What magics, reloading and displays cost when nobody uses them. In modules and calls, which are the same in every
 * run, whatever else the machine does.
 */
export async function unusedFigures(python: string): Promise<Row[]> {
  const session = await ExtSession.start({ interpreter: python });
  try {
    await session.execute('1').wait();
    const imported = (await session.evaluate(COUNT_MODULES)) as number;
    await session.execute(COUNT_CALLS).wait();
    const command = await callsOf(session, 'x = 1');
    const print = await callsOf(session, `for i in range(${String(TIMES)}): print(i)`);
    return [
      { what: 'modules of magics and reloading at the start', unit: '', ours: imported, target: { atMost: 0 } },
      ...Object.entries(features).flatMap(([folder, most]): Row[] => [
        {
          what: `calls into ${folder} in a round trip`,
          unit: '',
          ours: command(folder),
          target: { atMost: most },
        },
        {
          what: `calls into ${folder} in a print`,
          unit: '',
          ours: print(folder) / TIMES,
          target: { atMost: most / TIMES },
        },
      ]),
    ];
  } finally {
    await session.exit();
  }
}

/** The number of calls into a folder that a command makes, less those that counting makes. */
async function callsOf(session: ExtSession, source: string): Promise<(folder: string) => number> {
  const counts: Readonly<Record<string, number>>[] = [];
  for (const times of [0, 0, TIMES]) {
    for (let time = 0; time < times; time++) await session.execute(source).wait();
    counts.push((await session.evaluate('dict(calls)')) as Record<string, number>);
  }
  return (folder) => {
    const [first = 0, second = 0, last = 0] = counts.map((count) => count[folder] ?? 0);
    return (last - second - (second - first)) / TIMES;
  };
}
