import { ExtSession } from '../../src/library.js';
import type { Row } from './row.js';
import { type Counts, unusedRows } from './unusedRows.js';

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
    return [
      ...loadedLater.map((folder): Row => ({
        what: `modules of ${folder} at the start`,
        unit: '',
        ours: modules[folder] ?? 0,
        target: { atMost: 0 },
      })),
      ...(await unusedRows({
        session,
        parts: features,
        roundTrip: ['a round trip', 'x = 1'],
        prints: ['a print', (times) => `for i in range(${String(times)}): print(i)`],
        count: async () => (await session.evaluate('(dict(calls), calls.clear())[0]')) as Counts,
      })),
    ];
  } finally {
    await session.exit();
  }
}
