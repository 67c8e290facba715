import { describe, expect, test } from 'vitest';
import type { ExtResults, MimeBundle } from '../../src/library.js';
import { eachSession } from '../support/eachSession.js';
import { testPythons } from '../support/pythons.js';

/** What a command showed, shortly: text as it is, of a bundle its types or the plain text. */
const shown = (results: ExtResults): string[] =>
  results.outputs.map((output) => {
    if (output.type === 'stream') return `${output.name}: ${output.text}`;
    if (output.type === 'error') return output.name;
    return `${output.type}: ${String(output.data['text/plain'])}`;
  });
const bundles = (results: ExtResults): MimeBundle[] =>
  results.outputs.flatMap((output) => ('data' in output ? [output.data] : []));

describe.each(testPythons())('Python $version shows', ({ executable }) => {
  const python = eachSession({ interpreter: executable });
  const { run } = python;

  test('a value in every form that it offers', async () => {
    const results = await run(`
class Shape:
    def __repr__(self): return 'a shape'
    def _repr_html_(self): return '<b>shape</b>'
    def _repr_svg_(self): return '<svg/>', {'isolated': True}
    def _repr_png_(self): return b'\\x89PNG'
    def _repr_jpeg_(self): return None
    def _repr_markdown_(self): raise NotImplementedError
    def _repr_latex_(self): return '$x$'
    def _repr_json_(self): return {'sides': [3, 4]}
Shape()`);
    expect(bundles(results)).toEqual([
      {
        'text/html': '<b>shape</b>',
        'image/svg+xml': '<svg/>',
        'image/png': 'iVBORw==',
        'text/latex': '$x$',
        'application/json': { sides: [3, 4] },
        'text/plain': 'a shape',
      },
    ]);
    expect(results.outcome).toMatchObject({ status: 'ok', result: { 'text/plain': 'a shape' } });
  });

  test('a bundle that the value makes itself, as it is asked for', async () => {
    const results = await run(`
class Own:
    def __repr__(self): return 'own'
    def _repr_html_(self): return 'by method'
    def _repr_mimebundle_(self, include=None, exclude=None):
        self.asked = include, exclude
        return {'text/html': 'by bundle', 'x/y': 'z', 'image/png': b'1'}, {'x/y': {}}
own = Own()
display(own, include=['text/html'])
display(own, exclude=['text/html', 'text/plain'])
print(own.asked)
own`);
    expect(bundles(results)).toEqual([
      { 'text/html': 'by bundle', 'text/plain': 'own' },
      { 'x/y': 'z', 'image/png': 'MQ==' },
      { 'text/html': 'by bundle', 'x/y': 'z', 'image/png': 'MQ==', 'text/plain': 'own' },
    ]);
    expect(results.stdout).toBe("(None, ['text/html', 'text/plain'])\n");
  });

  test('displays between the text that surrounds them', async () => {
    const results = await run(`
import sys, os
print('one'); display(1); print('two', file=sys.stderr); display(2); display(3)
os.write(1, b'raw'); display(4); os.system('echo child'); display(5); print('end')`);
    expect(shown(results)).toEqual([
      'stdout: one\n',
      'display_data: 1',
      'stderr: two\n',
      'display_data: 2',
      'display_data: 3',
      'stdout: raw',
      'display_data: 4',
      'stdout: child\n',
      'display_data: 5',
      'stdout: end\n',
    ]);
  });

  test('thousands of displays in order', async () => {
    const results = await run('for i in range(3000):\n    print(i)\n    display(i)');
    const wanted = Array.from({ length: 3000 }, (_, i) => [`stdout: ${String(i)}\n`, `display_data: ${String(i)}`]);
    expect(shown(results)).toEqual(wanted.flat());
  });

  test('displays of a thread under its own command', async () => {
    const first = await run(`
import threading
go = threading.Event()
def later(): go.wait(); print('late'); display('thread'); print('r')
threading.Thread(target=later).start()`);
    const second = await run("display('main'); go.set()");
    await first.closed;
    expect(shown(first)).toEqual(['stdout: late\n', "display_data: 'thread'", 'stdout: r\n']);
    expect(shown(second)).toEqual(["display_data: 'main'"]);
  });

  test('a forked child as text', async () => {
    const results = await run(`
import os
pid = os.fork()
if pid == 0:
    display('child'); os._exit(0)
os.waitpid(pid, 0); display('parent')`);
    expect(shown(results)).toEqual(["stdout: 'child'\n", "display_data: 'parent'"]);
  });

  test('updates in place, also from a later command', async () => {
    const first = await run(
      "handle = display('old', display_id=True); print('text'); _ = display('x', display_id='x')",
    );
    const updates: unknown[] = [];
    first.onDidReceiveOutput((output) => updates.push(output));
    const second = await run("handle.update('new'); _ = display('y', display_id='x', update=True)");
    expect(shown(first)).toEqual(["display_data: 'new'", 'stdout: text\n', "display_data: 'y'"]);
    expect(shown(second)).toEqual([]);
    expect(updates).toEqual([
      { type: 'display_data', data: { 'text/plain': "'new'" }, displayId: 'display-1', update: true },
      { type: 'display_data', data: { 'text/plain': "'y'" }, displayId: 'x', update: true },
    ]);
  });

  test('what is left after it was cleared; the text stays in stdout', async () => {
    const results = await run(`
import extsession
print('gone'); extsession.clear_output(); print('kept'); display(1)`);
    expect(shown(results)).toEqual(['stdout: kept\n', 'display_data: 1']);
    expect(results.stdout).toBe('gone\nkept\n');
    const waiting = await run("extsession.clear_output(); print('kept'); extsession.clear_output(wait=True)");
    expect(shown(waiting)).toEqual(['stdout: kept\n']);
    const replaced = await run("print('gone'); extsession.clear_output(wait=True); 2");
    expect(shown(replaced)).toEqual(['execute_result: 2']);
  });

  test('no value behind a semicolon, nor None, and _ is the last value', async () => {
    expect(shown(await run('1; 2;'))).toEqual([]);
    expect(shown(await run('(2)  ;'))).toEqual([]);
    expect(shown(await run('3 # not; this'))).toEqual(['execute_result: 3']);
    expect(shown(await run('None'))).toEqual([]);
    expect(shown(await run('_'))).toEqual(['execute_result: 3']);
    expect(shown(await run('x = 4\rx'))).toEqual(['execute_result: 4']);
  });

  test("through the user's own display hook", async () => {
    await run("import sys\nsys.displayhook = lambda value: print('hook', value)");
    const results = await run('6 * 7');
    expect(shown(results)).toEqual(['stdout: hook 42\n']);
    expect(results.outcome).toEqual(expect.not.objectContaining({ result: expect.anything() as unknown }));
    await run('sys.displayhook = sys.__displayhook__');
    expect(shown(await run('6 * 7'))).toEqual(['execute_result: 42']);
  });

  test('large values cut, with a note', async () => {
    const [text] = bundles(await run("'x' * 3_000_000"));
    expect(String(text?.['text/plain'])).toMatch(/^'x{999999}…\n\[1000000 of 3000002 characters are shown\]$/);
    const [html] = bundles(
      await run("class H:\n    def _repr_html_(self): return 'x' * (33 << 20)\n    __repr__ = lambda self: 'h'\nH()"),
    );
    expect(html).toEqual({ 'text/plain': 'h\n[text/html of 33 MB left out: more than 32 MB]' });
  });

  test('hostile objects as well as they can be', async () => {
    await run(`
from unittest.mock import MagicMock
class Raises:
    def __repr__(self): raise RuntimeError('no repr')
class Half:
    def __repr__(self): return 'half'
    def _repr_html_(self): raise ValueError('no html')
    def _repr_json_(self): return object()
    def _repr_png_(self): return 3
class Everything:
    def __getattr__(self, name): return lambda *a, **k: '<b>'
    def __repr__(self): return 'everything'
class Explodes:
    def __getattribute__(self, name): raise RuntimeError(name)
    def __repr__(self): return 'explodes'
class Text(str):
    def __len__(self): raise RuntimeError
    def __repr__(self): return Text('text')`);
    expect((await run('Raises()')).outcome).toMatchObject({ error: { name: 'RuntimeError', message: 'no repr' } });
    const half = await run('Half()');
    expect(bundles(half)).toEqual([{ 'text/plain': 'half' }]);
    expect(half.stderr).toContain('ValueError: no html');
    expect(half.stderr).toContain('not JSON serializable');
    expect(half.stderr).not.toContain('representations.py');
    expect(bundles(await run('Everything()'))).toEqual([{ 'text/plain': 'everything' }]);
    expect(bundles(await run('Explodes()'))).toEqual([{ 'text/plain': 'explodes' }]);
    expect(bundles(await run('Text("a")'))).toEqual([{ 'text/plain': 'text' }]);
    expect(bundles(await run('MagicMock()'))[0]).toHaveProperty(['text/plain'], expect.stringContaining('MagicMock'));
    expect(bundles(await run('Half'))).toEqual([{ 'text/plain': "<class '__main__.Half'>" }]);
    expect(shown(await run('"\\ud800"'))).toEqual(["execute_result: '\\ud800'"]);
  });

  test('a repr that runs forever until it is interrupted', async () => {
    await run('class Slow:\n    def _repr_html_(self):\n        print("on", flush=True)\n        while True: pass');
    const results = python.session.execute('Slow()');
    for await (const output of results) if (output.type === 'stream') break;
    await python.session.interrupt();
    expect(await results.wait()).toMatchObject({ status: 'interrupted', error: { name: 'KeyboardInterrupt' } });
    expect(shown(await run('1'))).toEqual(['execute_result: 1']);
  });
});
