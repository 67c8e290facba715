import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('with Python $version, an interrupt', ({ executable, version }) => {
  let session: ExtSession;
  let asked: () => void;
  let isAsked: Promise<void>;
  beforeEach(async () => {
    isAsked = new Promise((resolve) => (asked = resolve));
    session = await ExtSession.start({
      interpreter: executable,
      onInput: ({ signal }) => {
        asked();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      },
    });
  });
  afterEach(async () => {
    await session.exit();
  });

  test.each(
    [
      ['pdb', 'def f():\n  x = 1\n  breakpoint()\n  return x\nf()'],
      ['pdb after an error', 'import pdb\ntry: 1 / 0\nexcept ZeroDivisionError as e: pdb.post_mortem(e.__traceback__)'],
      ['code.interact', 'import code\ncode.interact("hello")'],
      ['a Cmd', 'import cmd\ncmd.Cmd().cmdloop()'],
      ['input', 'input("name? ")'],
      [
        'pdb in a task',
        'import asyncio\nasync def f():\n  await asyncio.sleep(0)\n  breakpoint()\n  return 1\nawait f()',
      ],
      [
        'pdb in tasks that would all ask',
        'import asyncio\nasync def f(s):\n  await asyncio.sleep(s)\n  breakpoint()\n  return s\nawait asyncio.gather(f(0), f(0), f(0.01))',
      ],
    ].filter(([, source]) => !version.startsWith('3.7.') || !source?.includes('await')),
  )('at the prompt of %s ends the command, at the first', async (_, source) => {
    const results = session.execute(source);
    await isAsked;
    await session.interrupt();
    const outcome = await results.wait({ timeoutMs: 20_000 });
    expect(outcome).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
    expect(outcome.status === 'interrupted' && outcome.error.frames[0]?.function).toBe('<module>');
    expect(results.stderr).not.toContain('never retrieved');
    expect(await session.evaluate('1 + 1')).toBe(2);
  });
});
