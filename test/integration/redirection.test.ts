import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

describe.each(testPythons())('Descriptor 1 in a session of Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeEach(async () => {
    session = await ExtSession.start({ interpreter: executable });
    await session.execute(helper).wait();
  });
  afterEach(async () => {
    await session.exit();
  });
  const outputs = async (source: string): Promise<[string, string]> => {
    const results = session.execute(source);
    expect(await results.wait({ timeoutMs: 20_000 })).toMatchObject({ status: 'ok' });
    return [results.stdout, results.stderr];
  };

  /** As pytest and others capture what is written to descriptor 1 by whatever means. */
  const helper = `
import os, sys, tempfile
class Captured:
    def __enter__(self):
        self.file, self.saved = tempfile.TemporaryFile(), os.dup(1)
        os.dup2(self.file.fileno(), 1)
        return self
    def __exit__(self, *error):
        os.dup2(self.saved, 1)
        os.close(self.saved)
        self.file.seek(0)
        self.text = self.file.read().decode()
`;

  test('takes along what Python writes while it is redirected', async () => {
    const source = `
print("before")
with Captured() as captured:
    print("print"); print("several", "words"); sys.stdout.write("write\\n"); sys.stdout.buffer.write(b"bytes\\n")
    os.write(1, b"os.write\\n"); os.system("echo child"); print("error", file=sys.stderr)
print("after")
print(repr(captured.text))`;
    const text = 'print\nseveral words\nwrite\nbytes\nos.write\nchild\n';
    expect(await outputs(source)).toEqual([`before\nafter\n'${text.replaceAll('\n', '\\n')}'\n`, 'error\n']);
  });

  test('takes along a flood of prints', async () => {
    const source = `
for number in range(2000): print("before")
with Captured() as captured:
    for number in range(20_000): print(number)
print(captured.text == "".join("%d\\n" % number for number in range(20_000)))`;
    expect(await outputs(source)).toEqual([`${'before\n'.repeat(2000)}True\n`, '']);
  });

  test('is the own one of each command, whatever an earlier one did or put back', async () => {
    await outputs('saved = os.dup(1)\nos.dup2(os.open(os.devnull, os.O_WRONLY), 1);');
    expect(await outputs('print("next"); os.system("echo child") and None')).toEqual(['next\nchild\n', '']);
    const putBack = 'os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\nprint("lost")\nos.dup2(saved, 1)\n';
    expect(await outputs(`${putBack}print("shown")\n_ = os.system("echo child")`)).toEqual(['shown\nchild\n', '']);
  });

  test('leads to stderr where stdout was led there', async () => {
    expect(await outputs('_ = os.dup2(2, 1)\nprint("one")\n_ = os.system("echo two")')).toEqual(['', 'one\ntwo\n']);
  });

  test('leaves what threads write to their command', async () => {
    const source = `
import threading
with Captured() as captured:
    thread = threading.Thread(target=print, args=("thread",))
    thread.start(); thread.join()
    print("main")
print(repr(captured.text))`;
    expect(await outputs(source)).toEqual(["thread\n'main\\n'\n", '']);
  });

  test('that was closed takes nothing, and prints are shown still', async () => {
    expect(await outputs('os.close(1)\nprint("shown")')).toEqual(['shown\n', '']);
    const closed = 'os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\nos.close(1)\nprint("shown")';
    expect(await outputs(closed)).toEqual(['shown\n', '']);
  });

  test.each([
    ['os.writev', 'os.writev(1, [b"raw", b"\\n"])'],
    ['a copy of the descriptor', 'copy.write(b"raw\\n")'],
    ['os.sendfile', 'os.sendfile(1, file.fileno(), 0, 4)'],
  ])('keeps the place of %s among prints that come in a flood', async (_how, write) => {
    const source = `
copy = os.fdopen(os.dup(1), "wb", 0)
file = tempfile.TemporaryFile()
file.write(b"raw\\n"); file.flush()
for number in range(1000):
    for _ in range(100): print(number)
    _ = ${write}`;
    const numbers = Array.from({ length: 1000 }, (_, number) => `${`${String(number)}\n`.repeat(100)}raw\n`).join('');
    const [stdout] = await outputs(source);
    expect(stdout === numbers).toBe(true);
  });
});
