import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CompletionCode, ExtSession, type OutputLine, SessionDeadError } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const [python] = testPythons();

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start(python ? { interpreter: python.executable } : {});
});
afterEach(async () => {
  await session.exit();
});

async function lines(count: number): Promise<OutputLine[]> {
  const read: OutputLine[] = [];
  while (read.length < count) read.push(await session.readLine());
  return read;
}

describe('readLine', () => {
  test('gives the lines of all commands in order, without their ends, whenever it is called', async () => {
    const first = session.execute(
      'import sys\nprint("a")\nprint("é", file=sys.stderr)\nsys.stdout.write("b\\r\\nc\\n\\n")',
    );
    await first.wait();
    const rest = lines(6);
    const second = session.execute('print("d")');
    expect(await rest).toEqual([
      { id: first.id, stream: 'stdout', text: 'a' },
      { id: first.id, stream: 'stderr', text: 'é' },
      { id: first.id, stream: 'stdout', text: 'b' },
      { id: first.id, stream: 'stdout', text: 'c' },
      { id: first.id, stream: 'stdout', text: '' },
      { id: second.id, stream: 'stdout', text: 'd' },
    ]);
  });

  test('waits for the rest of a line, and takes what is left at the end as one', async () => {
    session.execute(
      'import time\nprint("begin", end="", flush=True)\ntime.sleep(0.05)\nprint("ning")\nprint("end", end="")',
    );
    expect((await lines(2)).map(({ text }) => text)).toEqual(['beginning', 'end']);
  });

  test('names the command that started a late writer', async () => {
    const source =
      'import subprocess\nchild = subprocess.Popen("read x; echo late", shell=True, stdin=subprocess.PIPE)';
    const starter = session.execute(source);
    const other = session.execute('print("now")\nNone');
    expect(await lines(1)).toEqual([{ id: other.id, stream: 'stdout', text: 'now' }]);
    session.execute('child.communicate(b"\\n")\nNone');
    expect(await lines(1)).toEqual([{ id: starter.id, stream: 'stdout', text: 'late' }]);
  });

  test('hears of the end of the process, after the last line, and of a new one', async () => {
    session.execute('import os\nprint("last words", end="")\nos._exit(1)');
    expect((await session.readLine()).text).toBe('last words');
    await expect(session.readLine()).rejects.toBeInstanceOf(SessionDeadError);
    await session.restart();
    session.execute('print("again")');
    expect((await session.readLine()).text).toBe('again');
  });

  test('says once that lines were dropped when more than 16 MiB wait', async () => {
    await session.execute('for i in range(300): print(str(i) * 40000)').wait();
    await expect(session.readLine()).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
    await session.execute('print("and on")').wait();
    let last = await session.readLine();
    while (last.text !== 'and on') last = await session.readLine();
  });
});

describe('readCodes', () => {
  test('tells how each command ended, what nobody read yet first', async () => {
    const ids = ['1', '1/0', 'raise KeyboardInterrupt'].map((source) => session.execute(source).id);
    await session.evaluate('1');
    const dying = session.execute('import os, signal; os.kill(os.getpid(), signal.SIGKILL)').id;
    const waiting = session.execute('2').id;
    const codes: CompletionCode[] = [];
    for await (const code of session.readCodes()) codes.push(code);
    expect(codes).toEqual([
      ...['DONE', 'ERROR', 'INTERRUPTED'].map((code, index) => ({ id: ids[index], code })),
      { id: dying, code: 'DIED' },
      { id: waiting, code: 'CANCELLED' },
    ]);
  });

  test('goes on where a reader left off, and tells every reader what comes', async () => {
    await Promise.all(['1', '1/0'].map((source) => session.execute(source).wait()));
    for await (const { code } of session.readCodes()) {
      expect(code).toBe('DONE');
      break;
    }
    const readers = [1, 2].map(() => session.readCodes()[Symbol.asyncIterator]());
    const pending = readers.map((reader) => reader.next());
    expect((await pending[0])?.value).toMatchObject({ code: 'ERROR' });
    const next = readers[0]?.next();
    session.execute('3');
    expect([(await next)?.value, (await pending[1])?.value]).toMatchObject([{ code: 'DONE' }, { code: 'DONE' }]);
  });
});
