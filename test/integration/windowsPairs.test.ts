import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../support/project.mjs';

/**
 * The parts of the Windows worker that are the same everywhere; FIFOs stand in for pipes, which are opened by name too.
 */
const worker = path.join(root, 'src/evaluators/python/worker');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'extsession-pairs-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function python(...lines: string[]): string {
  const preamble = [
    'import os, sys, threading, time',
    'from _extsession_worker.link import windows',
    'here = sys.argv[1]',
  ];
  const source = [...preamble, ...lines].join('\n');
  return execFileSync('python3', ['-c', source, directory], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: worker, PYTHONDONTWRITEBYTECODE: '1' },
  });
}

const makeFifos = [
  'names = [here + "/p-1.%d" % stream for stream in (0, 1)]',
  'for name in names: os.mkfifo(name)',
  'readers = [os.open(name, os.O_RDONLY | os.O_NONBLOCK) for name in names]',
];

test('a pair becomes descriptors 1 and 2, and serves one command', () => {
  const printed = python(
    ...makeFifos,
    'pair = windows.make_pairs(here + "/p", "token", None)(1)',
    'saved = os.dup(1)',
    'pair.arm()',
    'os.system("echo out; echo err >&2")',
    'assert pair.is_open_as(1) and pair.is_open_as(2)',
    'assert pair.recycle() == "held" and pair.write_ends == []',
    'os.dup2(saved, 1); os.dup2(saved, 2)',
    'assert [os.read(reader, 99) for reader in readers] == [b"tokenout\\n", b"tokenerr\\n"]',
    'assert [os.read(reader, 99) for reader in readers] == [b"", b""]',
    'print("done")',
  );
  expect(printed).toBe('done\n');
});

test('a pair that a thread may still write to stays open until it lets go', () => {
  const printed = python(
    ...makeFifos,
    'pair = windows.make_pairs(here + "/p", "token", None)(1)',
    'pair.leased = True',
    'pair.recycle()',
    'os.write(pair.write_ends[0], b"late")',
    'pair.release()',
    'print(os.read(readers[0], 99), os.read(readers[0], 99), pair.write_ends)',
  );
  expect(printed).toBe("b'tokenlate' b'' []\n");
});

test('a pipe that the host has not made yet is waited for', () => {
  const printed = python(
    'name = here + "/later"',
    'def make():',
    '    time.sleep(0.1)',
    '    os.mkfifo(name)',
    '    os.close(os.open(name, os.O_RDONLY))',
    'threading.Thread(target=make).start()',
    'print(windows.open_pipe(name) > 2)',
  );
  expect(printed).toBe('True\n');
});

test('a loop learns that a message has come, and no more once the watch has ended', () => {
  const printed = python(
    'import asyncio',
    'connection = object.__new__(windows.PipeConnection)',
    'there = []',
    'connection.wait = lambda milliseconds: bool(there)',
    'loop = asyncio.new_event_loop()',
    'loop.call_later(0.05, there.append, 1)',
    'stop = connection.watch(loop, loop.stop)',
    'loop.run_forever()',
    'stop()',
    'calls = []',
    'there.clear()',
    'connection.watch(loop, lambda: calls.append(1))()',
    'there.append(1)',
    'loop.run_until_complete(asyncio.sleep(0.05))',
    'print(there, calls)',
  );
  expect(printed).toBe('[1] []\n');
});

/**
 * Runs lines that end their process, after a stand-in for what starts programs on Windows; its exit code and output.
 */
function endsWith(...lines: string[]): { status: number | null; stdout: string } {
  const source = ['import os, sys', 'from _extsession_worker.link import windows', ...lines].join('\n');
  const env = { ...process.env, PYTHONPATH: worker, PYTHONDONTWRITEBYTECODE: '1', SYSTEMROOT: 'D:\\Windows' };
  return spawnSync('python3', ['-c', source], { encoding: 'utf8', env });
}

test('a worker without its host ends its tree with the program of the system, and itself', () => {
  const { status, stdout } = endsWith(
    'class winapi:',
    '    def CreateProcess(*args): print(args[0], args[1].replace(str(os.getpid()), "PID"), flush=True); return 1, 2, 3, 4',
    '    def WaitForSingleObject(*args): pass',
    'windows._winapi = winapi',
    'windows.end_group(0)',
  );
  expect(stdout).toBe('D:\\Windows\\System32\\taskkill.exe "D:\\Windows\\System32\\taskkill.exe" /pid PID /t /f\n');
  expect(status).toBe(1);
});

test('a worker without its host ends even if that program cannot be started', () => {
  const { status } = endsWith(
    'class winapi:',
    '    def CreateProcess(*args): raise OSError("no such program")',
    'windows._winapi = winapi',
    'windows.end_group(0)',
  );
  expect(status).toBe(1);
});

test("the worker's modules come from an embeddable Python, too, which has them beside the program", () => {
  const start = readFileSync(path.join(worker, 'start.py'), 'utf8').replace(/\nmain\(\)\s*$/, '');
  writeFileSync(path.join(directory, 'select.pyd'), '');
  const printed = python(
    `exec(${JSON.stringify(start)})`,
    'sys.base_prefix = here',
    'path = standard_library_only([here, here + "/python38.zip", os.path.dirname(os.__file__), "/user"])',
    'print(path == [os.path.dirname(os.__file__), here])',
  );
  expect(printed).toBe('True\n');
});
