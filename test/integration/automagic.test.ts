import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { pythonWith, testPythons } from '../support/pythons.js';

let session: ExtSession;
afterEach(() => session.exit());

/** What a command shows: its value, or the kind of its error. */
const shown = async (source: string): Promise<unknown> => {
  const outcome = await session.execute(source).wait();
  if (outcome.status === 'ok') return outcome.result?.['text/plain'];
  return 'error' in outcome ? outcome.error.name : outcome.status;
};
const printed = async (source: string): Promise<string> => {
  const results = session.execute(source);
  await results.wait();
  return results.stdout;
};

/** What holds with IPython and without it. */
function automagics(): void {
  test('run in a command of one line, comments aside', async () => {
    await shown('import os; os.chdir("/")');
    await shown('cd /tmp');
    expect(await shown('os.getcwd()')).toMatch(/tmp'$/);
    await shown('# %% its marker\n\ncd ..  ');
    expect(await shown('os.getcwd()')).toBe("'/'");
    expect(await shown('pwd')).toBe("'/'");
    expect(await printed('env EXTSESSION_MAGIC=yes')).toBe('env: EXTSESSION_MAGIC=yes\n');
    expect(await printed('timeit -n 1 -r 1 len("a")')).toContain('1 run');
    expect(await printed('pip --version')).toMatch(/pip \d|No module named pip/);
  });

  test('leave what is Python, what is taken, and what is a mistake', async () => {
    expect(await shown('time')).toBe('NameError');
    expect(await shown('ls * 2')).toBe('NameError');
    expect(await shown('pwd()')).toBe('NameError');
    expect(await shown('pwd = 3\npwd')).toBe('3');
    expect(await shown('pwd')).toBe('3');
    expect(await shown('cd = 5; cd - 2')).toBe('3');
    expect(await shown('cd /tmp')).toBe('NameError');
    expect(await shown('who =')).toBe('SyntaxError');
    expect(await shown('time (1')).toBe('SyntaxError');
    expect(await shown('env x\n1 +')).toBe('SyntaxError');
    expect(await shown('paste the words')).toBe('SyntaxError');
    expect(await shown('pip = 1\npip show x')).toBe('SyntaxError');
    await shown('pip = 1');
    expect(await shown('pip show x')).toBe('SyntaxError');
  });
}

describe.each(testPythons())('Without IPython, magics without % in Python $version', ({ executable }) => {
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
    await shown('import sys; sys.modules["IPython"] = None');
  });
  automagics();
});

const ipython = pythonWith('IPython');
describe.skipIf(!ipython)('With IPython, magics without %', () => {
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: ipython?.executable ?? '' });
  });
  automagics();

  test('are also those that it has, with its aliases, unless they are switched off', async () => {
    await shown('import os; os.chdir("/")');
    expect(await printed('ls -d tmp')).toContain('tmp');
    expect(await printed('ls -d')).toContain('.');
    await shown('get_ipython().automagic = False');
    expect(await shown('ls -d tmp')).toBe('SyntaxError');
    expect(await shown('ls -d')).toBe('NameError');
  });
});
