import { expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

test.each(testPythons())(
  'A trace function in Python $version stays from command to command, and sees the code of the user alone',
  async ({ executable }) => {
    await using session = await ExtSession.start({ interpreter: executable });
    const trace = `
import sys
seen = []
def trace(frame, event, arg):
    seen.append((frame.f_code.co_filename, frame.f_code.co_name))
    if event == "call" and "_extsession_worker" in frame.f_code.co_filename: raise RuntimeError
sys.settrace(trace)`;
    const commands = [trace, 'def work(): pass\nwork()', '1 / 0', 'import sys\nsys.settrace(None)', 'work()'];
    const ends = [];
    for (const command of commands) ends.push((await session.execute(command).wait()).status);
    expect(ends).toEqual(['ok', 'ok', 'error', 'ok', 'ok']);
    expect(await session.evaluate('sorted(set(name for file, name in seen)), "<command 2>" in dict(seen)')).toEqual([
      ['<module>', 'work'],
      true,
    ]);
  },
);
