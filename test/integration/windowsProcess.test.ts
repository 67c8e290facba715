import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/project.mjs';

/** What the worker asks of Windows, with functions that stand in for those of the system. */
function python(...lines: string[]): string {
  const env = {
    ...process.env,
    PYTHONPATH: path.join(root, 'src/evaluators/python/worker'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  return execFileSync('python3', ['-c', ['import _signal, _thread, os, time', ...lines].join('\n')], {
    encoding: 'utf8',
    env,
  });
}

test('the process hears Ctrl+C, writes UTF-8, and takes its children with it', () => {
  const printed = python(
    'from _extsession_worker.link import kernel',
    'def load(library, name):',
    '    def call(*arguments):',
    '        print(library, name, *(one if not isinstance(one, bytes) else one.hex().strip("0") for one in arguments))',
    '        return 7',
    '    return call',
    'kernel.prepare(load)',
    'limits = kernel.job_limits(8)',
    'print(len(limits), int.from_bytes(limits[16:20], "little") == 0x2800, sum(limits) == 0x28)',
  );
  expect(printed.split('\n')).toEqual([
    'kernel32 SetConsoleCtrlHandler None 0',
    'kernel32 SetConsoleOutputCP 65001',
    'kernel32 CreateJobObjectW None None',
    'kernel32 SetInformationJobObject 7 9 28 144',
    'kernel32 AssignProcessToJobObject 7 -1',
    '144 True True',
    '',
  ]);
});

test('what one function lacks does not keep the others from being called', () => {
  const printed = python(
    'from _extsession_worker.link import kernel',
    'def load(library, name):',
    '    if name == "SetConsoleCtrlHandler": raise AttributeError(name)',
    '    return lambda *arguments: print(name)',
    'kernel.prepare(load)',
  );
  expect(printed).toBe('SetConsoleOutputCP\nCreateJobObjectW\n');
});

const interrupts = [
  'from _extsession_worker.commands import interrupts',
  '_signal.CTRL_C_EVENT = 0',
  'interrupts.arm()',
  'interrupts.state().listening = True',
  'begun = _thread.allocate_lock(); begun.acquire()',
  'def interrupt(): _thread.start_new_thread(lambda: (begun.acquire(), interrupts.raise_from_thread()), ())',
  'def wait():',
  '    try: begun.release(); time.sleep(10)',
  '    except KeyboardInterrupt: return True',
];

test("an interrupt is a Ctrl+C for the worker's console, and comes once", () => {
  const printed = python(
    ...interrupts,
    'sent, ended = [], []',
    'plain = os.kill',
    'def send(process, event): sent.append((process, event)); plain(os.getpid(), _signal.SIGINT)',
    'def pause(seconds):',
    '    while interrupts.state().heard == 0: time.sleep(0.001)',
    'interrupts.kill, interrupts.sleep = send, pause',
    '_thread.start_new_thread(lambda: (begun.acquire(), interrupts.raise_from_thread(), ended.append(1)), ())',
    'print(wait(), sent)',
    'while not ended: time.sleep(0.001)',
    'print(interrupts.state().heard)',
  );
  expect(printed).toBe('True [(0, 0)]\n1\n');
});

test.each([
  ['cannot be sent', 'raise OSError(6, "no console")'],
  ['is not heard', 'pass'],
])('an interrupt reaches the main thread even if a Ctrl+C %s', (_how, sending) => {
  const printed = python(
    ...interrupts,
    `def send(process, event): ${sending}`,
    'interrupts.kill = send',
    'def raise_signal(number): os.kill(os.getpid(), number)', // another thread's wakes nobody here
    '_signal.raise_signal = raise_signal',
    'interrupt()',
    'print(wait())',
  );
  expect(printed).toBe('True\n');
});

test('input() waits in short turns where an interrupt does not end the wait for a lock', () => {
  const printed = python(
    'os.name = "nt"',
    'from _extsession_worker.commands import stdin',
    'turns = []',
    'class Lock:',
    '    def acquire(self, blocking=True, timeout=-1):',
    '        turns.append(timeout)',
    '        return len(turns) > 3',
    'class Channel:',
    '    def send(self, message): pass',
    'stdin._thread = type("threads", (), {"allocate_lock": Lock})',
    'stdin.LineSource(Channel()).ask("", False)',
    'print(turns[0], min(turns[1:]) > 0, len(turns))',
  );
  expect(printed).toBe('-1 True 4\n');
});
