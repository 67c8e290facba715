import { ExtSession } from '../../src/library.js';
import type { Row } from './row.js';

const TIMES = 100;
/**
 * What a session may not need, and the most calls in a round trip. With displays, each command asks once whether
 * something is to be shown at its end. Usage is measured from the beginning of a command to its end.
 */
const features = { data: 0, debugging: 0, magics: 0, profiling: 0, reloading: 0, usage: 2, values: 1 };
/** Those that are loaded when they are used. */
const loadedLater = ['data', 'debugging', 'magics', 'profiling', 'reloading'];

/** How many modules of the worker are loaded, by their folder. Not even the interpreter's list of modules has ours. */
const COUNT_MODULES = `
import gc, re
gc.unfreeze()
modules = [one.__name__.split(".") for one in gc.get_objects() if type(one) is type(gc)]
gc.freeze()
modules = [name[1] for name in modules if name[0] == "_extsession_worker" and name[1:]]
modules = {name: modules.count(name) for name in modules}`;

/** Counts the calls of the worker's functions by their folder, in the commands that follow and between them. */
const COUNT_CALLS = `
import sys
calls = {}
def note(frame, event, arg, folder=re.compile(r"_extsession_worker/(?:commands/(?=usage))?(\\w+)").search, calls=calls):
    found = event == "call" and folder(frame.f_code.co_filename)
    if found:
        calls[found[1]] = calls.get(found[1], 0) + 1
sys.setprofile(note)`;

/**
 * What features cost in Python when nobody uses them. In modules and calls, which are the same in every
 * run, whatever else the machine does.
 */
export async function unusedFigures(python: string): Promise<Row[]> {
  const session = await ExtSession.start({ interpreter: python });
  try {
    await session.execute('1').wait();
    await session.execute(COUNT_MODULES).wait();
    const modules = (await session.get('modules')) as Readonly<Record<string, number>>;
    if (modules.values === undefined) throw new Error('The modules of the worker are not found.');
    await session.execute(COUNT_CALLS).wait();
    const command = await callsOf(session, 'x = 1');
    const print = await callsOf(session, `for i in range(${String(TIMES)}): print(i)`);
    return [
      ...loadedLater.map((folder): Row => ({
        what: `modules of ${folder} at the start`,
        unit: '',
        ours: modules[folder] ?? 0,
        target: { atMost: 0 },
      })),
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
