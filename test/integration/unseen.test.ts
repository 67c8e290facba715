import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

/**
 * Libraries enumerate what the interpreter has: whatever they find there is of the kinds that the standard library puts
 * there.
 */
describe.each(testPythons())('with Python $version, user code that looks around', ({ executable, version }) => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterEach(async () => {
    await session.exit();
  });

  const printed = async (source: string): Promise<string> => {
    const results = session.execute(source);
    const outcome = await results.wait();
    expect(outcome, results.stderr).toMatchObject({ status: 'ok' });
    return results.stdout + results.stderr;
  };

  test('finds ordinary filters of warnings, also while it forks', async () => {
    const check = `import os, re, warnings
def strange():
    kinds = (type(None), str, re.Pattern)
    return [one for one in warnings.filters if type(one) is not tuple or not isinstance(one[1], kinds) or not isinstance(one[3], kinds)]
`;
    expect(await printed(`${check}print(strange())`)).toBe('[]\n');
    expect(await printed('import sys\nprint([one[1] for one in warnings.filters if one[1] is not None])')).toBe('[]\n');
    expect(
      await printed(`if hasattr(os, "fork"):
    before = list(warnings.filters)
    pid = os.fork()
    if pid == 0: os._exit(len(strange()))
    print(os.waitpid(pid, 0)[1], before == warnings.filters)
else: print(0, True)`),
    ).toBe('0 True\n');
  });

  test('finds the handler of SIGINT that Python sets, which trio and asyncio look for', async () => {
    expect(
      await printed(`import signal
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
def own(*_args): pass
print(signal.signal(signal.SIGINT, own) is signal.default_int_handler, signal.getsignal(signal.SIGINT) is own)
print(signal.signal(signal.SIGINT, signal.default_int_handler) is own)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)`),
    ).toBe('True\nTrue True\nTrue\nTrue\n');
  });

  test('is warned of a fork beside threads of its own, and not beside ours', async () => {
    const fork = `import os, threading, warnings
warnings.simplefilter("always")
def fork():
    pid = os.fork()
    if pid == 0: os._exit(0)
    os.waitpid(pid, 0)
`;
    expect(await printed(`${fork}fork()`)).toBe('');
    const withThread = await printed(`go = threading.Event()
thread = threading.Thread(target=go.wait)
thread.start()
fork()
go.set(); thread.join()
import sys
print("expected", sys.version_info >= (3, 12))`);
    expect(withThread.includes('is multi-threaded')).toBe(withThread.includes('expected True'));
  });

  const knowsAwait = !version.startsWith('3.7.');
  test.runIf(knowsAwait)('is warned of lines of its own and of the standard library, and of none of ours', async () => {
    const seen = await printed(`import asyncio, multiprocessing, os, subprocess, sys, threading, warnings
from concurrent.futures import ThreadPoolExecutor
warnings.simplefilter('always')
seen = []
warnings.showwarning = lambda message, kind, file, line, *rest: seen.append((str(message)[:4], file))
def work():
    for level in range(1, 40): warnings.warn('work', stacklevel=level)
class Text(str):
    def __str__(self):
        work()
        return 'x'
async def task(): work()
work()
for level in range(1, 40): warnings.warn('main', stacklevel=level)
print(Text(), end='')
thread = threading.Thread(target=work); thread.start(); thread.join()
with ThreadPoolExecutor(1) as pool: pool.submit(work).result()
asyncio.create_task(task())
await task()
await asyncio.create_task(task())
if hasattr(os, 'fork'):
    os.register_at_fork(before=lambda: warnings.warn('hook', stacklevel=2))
    go = threading.Event()
    thread = threading.Thread(target=go.wait); thread.start()
    subprocess.run([sys.executable, '-c', ''], preexec_fn=lambda: None)
    pid = os.fork()
    if pid == 0: os._exit(0)
    os.waitpid(pid, 0)
    process = multiprocessing.get_context('fork').Process(target=work); process.start(); process.join()
    go.set(); thread.join()
print(len(seen) > 200, sorted({one for one in seen if 'extsession' in one[1] or 'bootstrap' in one[1] or 'start.py' in one[1]}))
print({file for text, file in seen if text == 'hook'} <= {'<command 1>', subprocess.__file__, multiprocessing.popen_fork.__file__})`);
    expect(seen).toBe('xTrue []\nTrue\n');
  });

  test('finds no thread but its own, and modules in sys.modules', async () => {
    expect(await printed('import threading\nprint([one.name for one in threading.enumerate()])')).toBe(
      "['MainThread']\n",
    );
    expect(
      await printed(
        `import sys, types\nprint([k for k, v in sys.modules.items() if not isinstance(v, types.ModuleType) and not k.startswith('typing.')])`,
      ),
    ).toBe('[]\n');
  });

  test('finds no module of ours, and changes none, when it walks through those that are loaded', async () => {
    const walk = `import os, sys, time
print([name for name, one in sys.modules.items() if "extsession" in name + repr(one)], [one for one in sys.path_importer_cache if "_extsession_worker" in one])
class Broken:
    def __call__(self, *args): raise ZeroDivisionError
for one in list(sys.modules.values()):
    if one is time or one is os: continue
    for name, value in list(vars(one).items()):
        if value in (time.monotonic, time.time, time.sleep, os.write, os.fstat, os.getpid): setattr(one, name, Broken())`;
    expect(await printed(walk)).toBe('[] []\n');
    expect(await printed('print(1)')).toBe('1\n');
    expect(await session.execute('class A: x = 1\ndisplay(A())\n1 / 0').wait()).toMatchObject({
      status: 'error',
      error: { name: 'ZeroDivisionError' },
    });
    expect((await session.variables()).map(({ name }) => name)).toContain('A');
    expect((await session.complete('A.', 2)).items.map(({ text }) => text)).toContain('x');
  });

  test('gives what it imports of ours to other programs by a name that they can import', async () => {
    const source = `import extsession, pickle
handle = display(1, display_id="one")
print(pickle.loads(pickle.dumps(handle)).display_id, pickle.loads(pickle.dumps(extsession.display)) is display)
import importlib
print(importlib.reload(extsession).display is display, extsession.__loader__.name, sorted(extsession.__all__)[:2])`;
    expect(await printed(source)).toBe("one True\nTrue extsession ['DisplayHandle', 'clear_output']\n");
  });

  test('finds the finders of Python alone, and loaders of its own kinds', async () => {
    const source = `import importlib.util, sys
print([finder for finder in sys.meta_path if "extsession" in repr(finder) + type(finder).__module__])
names = ("getpass", "linecache", "multiprocessing.pool", "concurrent.futures.thread", "asyncio.events")
for name in names: sys.modules.pop(name, None)
specs = [importlib.util.find_spec(name) for name in names]
print({type(spec.loader).__name__ for spec in specs})
for spec in specs: spec.loader.exec_module(importlib.util.module_from_spec(spec))
print([spec.name for spec in specs if type(spec.loader) is not type(importlib.util.find_spec("json").loader)])
print([spec.name for spec in specs if "exec_module" in vars(spec.loader)])`;
    expect(await printed(source)).toBe("[]\n{'SourceFileLoader'}\n[]\n[]\n");
  });

  test('can ask each finder and hook what importlib asks of them', async () => {
    const source = `import importlib, importlib.machinery, sys, pkgutil
importlib.invalidate_caches()
for finder in sys.meta_path: finder.find_spec("no_such_module_anywhere", None)
try:
    from importlib import metadata
    list(metadata.distributions())
except ImportError: pass
print(all(callable(hook) for hook in sys.path_hooks))`;
    expect(await printed(source)).toBe('True\n');
  });
});
