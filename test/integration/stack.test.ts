import { expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';
import { eventually } from '../support/eventually.js';

test.each(testPythons())('a command in Python $version tells where it is', async ({ executable }) => {
  await using session = await ExtSession.start({ interpreter: executable });
  const source = 'import time\ndef wait():\n    while True:\n        time.sleep(0.01)\nwait()';
  const results = session.execute(source, { filename: '/tmp/where.py', firstLine: 11 });
  await eventually(async () => expect(await session.stack()).toContain('in wait'));
  const lines = (await session.stack()).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('  File "/tmp/where.py", line 15, in <module>');
  expect(lines[1]).toMatch(/^ {2}File "\/tmp\/where\.py", line 1[34], in wait$/);
  await session.interrupt();
  expect((await results.wait()).status).toBe('interrupted');
  expect(await session.stack()).toBe('');
});
