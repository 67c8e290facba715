import { expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { awaitingPythons } from '../support/pythons.js';

test.each(awaitingPythons())(
  'with Python $version, the warning of a coroutine that nobody awaits stays with its command and names its line',
  async ({ executable }) => {
    await using session = await ExtSession.start({ interpreter: executable });
    const forgotten = session.execute('async def m(): ...\n\nm()', { filename: '/project/a.py', firstLine: 5 });
    await forgotten.wait();
    const hidden = session.execute('1\nm();', { filename: '/project/a.py', firstLine: 9 });
    await hidden.wait();
    expect(hidden.stderr).toContain("/project/a.py:10: RuntimeWarning: coroutine 'm' was never awaited");
    const later = session.execute('1\n2');
    await later.wait();
    expect(forgotten.stderr).toContain("/project/a.py:7: RuntimeWarning: coroutine 'm' was never awaited");
    expect(later.stderr).toBe('');
    const kept = session.execute('c = m()\nc');
    await kept.wait();
    expect(await session.evaluate('await c')).toBeNull();
    expect(kept.stderr).toBe('');
  },
);
