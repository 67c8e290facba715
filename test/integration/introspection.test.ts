import { afterEach, describe, expect, test } from 'vitest';
import { ExtSession, type Completions, type Variable } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';
import { stopProcess } from '../support/stopProcess.js';
import { TRAP } from '../support/trap.js';

const names = ({ items }: Completions): string[] => items.map(({ text }) => text);

/** The code without its `|`, and where that stood. */
function atCursor(text: string): [code: string, offset: number] {
  const offset = text.indexOf('|');
  return [text.slice(0, offset) + text.slice(offset + 1), offset];
}

describe.each(testPythons())('About Python $version', ({ executable }) => {
  let session: ExtSession;
  afterEach(async () => {
    await session.exit();
  });

  const start = async (source = ''): Promise<void> => {
    session = await ExtSession.start({ interpreter: executable });
    expect(await session.execute(source).wait()).toMatchObject({ status: 'ok' });
  };
  const variable = async (name: string): Promise<Variable | undefined> =>
    (await session.variables()).find((one) => one.name === name);
  const completed = async (text: string): Promise<string[]> => names(await session.complete(...atCursor(text)));
  const described = async (text: string): Promise<unknown> =>
    (await session.inspect(...atCursor(text)))?.['text/plain'];

  test('questions are answered while a command runs', async () => {
    await start('answer = 42');
    const busy = session.execute('print("on", flush=True)\nwhile True: pass');
    for await (const output of busy) if (output.type === 'stream') break;
    expect(await variable('answer')).toEqual({ name: 'answer', type: 'int', summary: '42' });
    expect(await completed('ans|')).toEqual(['answer']);
    expect(await described('ans|wer')).toBe('answer: int = 42');
    await session.interrupt();
  });

  test('a question that can not be answered holds up neither input nor interrupts', async () => {
    await start(`
from _frozen_importlib import _get_module_lock
held = [_get_module_lock('_extsession_worker.introspection.' + name) for name in ('answers', 'listing')]
for lock in held: lock.acquire()`);
    const question = session.variables().catch((error: unknown) => error);
    session.writeLine('Ada');
    expect(await session.evaluate('input()')).toBe('Ada');
    expect(await question).toMatchObject({ code: 'TIMEOUT' });
  });

  test('no code of the user runs', async () => {
    await start(TRAP);
    await session.variables();
    await session.variables({ details: true });
    for (const path of [['trap'], ['traps'], ['traps', 0], ['traps', 1, 0], ['Trap']] as const)
      await session.parts(path, { asCode: true });
    for (const text of ['tr|', 'trap.|', 'Trap.|', 'traps["nested"][0].|', "traps['|", 'trap.method(|'])
      await completed(text);
    for (const text of ['tr|ap', 'trap.cos|tly', 'trap.meth|od', 'Tra|p', 'trap.method(|']) await described(text);
    expect(await session.evaluate('ran')).toEqual([]);
    expect(await completed('trap.|')).toEqual(['costly', 'method', 'slot']);
    expect(await described('trap.cos|tly')).toBeUndefined();
  });

  test('names, attributes, items, arguments and keywords are completed', async () => {
    await start(
      "import os\nvalues = {'first': 'text', 'second': [1j]}\ndef greet(name, *, loud=False): pass\nclass Pet:\n    kind = 'cat'\n    def __init__(self, age): self.age = age\n    def speak(self, times): pass\npet = Pet(3)",
    );
    expect(await completed('values|')).toEqual(['values']);
    expect(await completed('whi|')).toEqual(['while']);
    expect(await completed('x = pet.|')).toEqual(['age', 'kind', 'speak']);
    expect(await completed("values['second'][0].im|")).toEqual(['imag']);
    expect(await completed("values['first'].is_|")).toEqual([]);
    expect(await completed("values['first'].isal|")).toEqual(['isalnum', 'isalpha']);
    expect(await completed("values['f|")).toEqual(['first']);
    expect(await completed("'a'.joi|")).toEqual(['join']);
    expect((await completed('greet("a", lo|'))[0]).toBe('loud=');
    expect((await completed('pet.speak(|'))[0]).toBe('times=');
    expect(await completed('os.path.joi|')).toEqual(['join']);
    expect((await session.complete('pet.__cl', 8)).items).toContainEqual({ text: '__class__', kind: 'property' });
  });

  test('a list says whether there is more to ask for', async () => {
    await start('class Pet:\n    _kind = name = 1\npet = Pet()\nglobals().update({f"n_{i}": i for i in range(2000)})');
    const isIncomplete = async (text: string) => (await session.complete(...atCursor(text))).isIncomplete ?? false;
    expect(await completed('n_|')).toHaveLength(1000);
    expect(await isIncomplete('n_|')).toBe(true);
    expect(await isIncomplete('n_19|')).toBe(false);
    expect(await isIncomplete('pet.|')).toBe(true);
    expect(await isIncomplete('pet.n|')).toBe(false);
    expect(await isIncomplete('pet._|')).toBe(false);
    expect(await isIncomplete('# n|')).toBe(false);
  });

  test('imports are completed without importing', async () => {
    await start();
    expect(await completed('import xml.do|')).toEqual(['dom']);
    expect(await completed('from xml import sa|')).toEqual(['sax']);
    expect(await completed('from os.pa|')).toEqual(['path']);
    expect(await session.evaluate("'xml' in __import__('sys').modules")).toBe(false);
  });

  test('nothing is offered in strings, comments and where only running code could tell', async () => {
    await start('text = "a"');
    for (const where of ['"tex|', '# tex|', 'text.upper().|', 'unknown.|', 'def te|', '1.|', '"""\ntex|']) {
      expect(await completed(where), where).toEqual([]);
    }
  });

  test('offsets count UTF-16 code units', async () => {
    await start('größe = 1');
    const code = "'😀'; grö";
    expect(await session.complete(code, code.length)).toEqual({
      start: 6,
      end: 9,
      items: [{ text: 'größe', kind: 'variable', type: 'int' }],
    });
    expect(await described("'😀'; grö|ße")).toBe('größe: int = 1');
  });

  test('a function, a class, a method and a module are described', async () => {
    await start(
      'import math\ndef f(a: int, b="x", *rest, key: str = None, **more) -> float:\n    """First line.\n\n    Second."""\nclass C:\n    """A class."""\n    def __init__(self, size): pass\n    @classmethod\n    def make(cls, x): pass',
    );
    expect(await described('f|(1)')).toBe(
      "def f(a: int, b='x', *rest, key: str = None, **more) -> float\n\nFirst line.\n\nSecond.",
    );
    expect(await described('f(1, |')).toBe(await described('f|'));
    expect(await described('C|')).toBe('class __main__.C(size)\n\nA class.');
    expect(await described('C.ma|ke')).toBe('def make(x)');
    expect(await described('math|')).toMatch(/^module math\n\n/);
    expect(await described('"a".stri|p')).toMatch(/^def strip\(chars=None, \/\)\n\n/);
    expect(await session.inspect('f', 0)).toHaveProperty(
      ['text/markdown'],
      expect.stringContaining('```python\ndef f('),
    );
  });

  test('a death or a restart in between rejects, and so does a dead session', async () => {
    await start();
    session.execute('import time; time.sleep(60)');
    await stopProcess(session.pid);
    const asked = session.variables();
    process.kill(Number(session.pid), 'SIGKILL');
    await expect(asked).rejects.toMatchObject({ code: 'SESSION_DEAD' });
    await expect(session.complete('a', 1)).rejects.toMatchObject({ code: 'SESSION_DEAD' });
    await session.restart();
    await stopProcess(session.pid);
    const cancelled = session.inspect('print', 1);
    const restarted = session.restart();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    await restarted;
    expect(await session.variables()).toEqual([]);
  });
});
