import { tmpdir } from 'node:os';
import { parse } from 'node:path';
import type { CaseCommand, Expected, IsolationCase } from '../support/isolationCase.js';

/**
 * What a case runs and expects on Windows, where that differs: its shell has other commands and other ends of lines.
 */
interface Variant {
  /** What stands in the sources in place of something else. */
  readonly sources?: readonly (readonly [from: string, to: string])[];
  /** What is expected of each command in addition, or instead. */
  readonly expected?: readonly Expected[];
}

const LONGEST_COMMAND_MS = 60_000;

/** A child program that runs JavaScript, in place of `sh -c`. */
const script = (code: string): string => `process.execPath, ['-e', ${JSON.stringify(code)}]`;

const variants: Readonly<Record<string, Variant>> = {
  '04-exec-sync': {
    sources: [['echo S4; echo T4 1>&2', 'echo S4& echo T4>&2']],
    expected: [{ stdout: 'S4\r\n', stderr: 'T4\r\n' }],
  },
  '04b-exec-stderr': {
    sources: [['echo S4; echo T4 1>&2', 'echo S4& echo T4>&2']],
    expected: [{ stderr: 'T4\r\n' }],
  },
  '04c-spawn-stream': {
    sources: [["'sh', ['-c', 'echo a; echo b >&2']", script("console.log('a'); console.error('b')")]],
  },
  '04d-fork': { sources: [['/tmp/', `${tmpdir().replaceAll('\\', '/')}/`]] },
  '05-late-child-during-next': {
    sources: [
      ["'sh', ['-c', 'sleep 0.3; echo late1']", script("setTimeout(() => console.log('late1'), 300)")],
      ['700', '2500'],
    ],
  },
  '05b-late-child-idle': {
    sources: [
      [
        "'sh', ['-c', 'sleep 0.5; echo late1; echo lateerr >&2']",
        script("setTimeout(() => { console.log('late1'); console.error('lateerr') }, 500)"),
      ],
    ],
  },
  '05d-child-holds-forever': { sources: [["'sleep', ['60']", script('setTimeout(() => 0, 60000)')]] },
  '06i-server': {
    // Wine has no fetch.
    sources: [
      [
        'const answer = await fetch(`http://127.0.0.1:${server.address().port}/`); console.log(await answer.text())',
        "await new Promise((done) => require('http').get({ port: server.address().port, host: '127.0.0.1' }, (answer) => answer.on('data', (part) => console.log(String(part))).on('end', done)))",
      ],
    ],
  },
  '06j-late-exchange': {
    sources: [
      [
        "'sh', ['-c', 'echo child; sleep 0.3; echo again']",
        script("console.log('child'); setTimeout(() => console.log('again'), 300)"),
      ],
      ['1500', '4000'],
    ],
  },
  '06k-late-reopened': {
    sources: [
      ["'sh', ['-c', 'sleep 0.3; echo child']", script("setTimeout(() => console.log('child'), 300)")],
      ['1200', '4000'],
    ],
    expected: [{ stdout: 'u\nsync\r\nchild\n' }],
  },
  '09b-worker-raw': {
    sources: [
      ["spawn('echo', ['child']", "spawn(process.execPath, ['-p', '`child`']"],
      ['1500', '4000'],
    ],
    expected: [{ stdout_line_set: ['raw', 'sync\r', 'child'] }, { stdout_line_set: ['raw', 'sync\r', 'child'] }],
  },
  '12-order': {
    sources: [["execSync('echo 6 >&2'", "execSync(process.execPath + ' -e console.error(6)'"]],
    expected: [
      {
        merged: [
          ['stdout', '1\n'],
          ['stderr', '2\n'],
          ['stdout', '3\r\n4\n'],
          ['stderr', '5\n6\n'],
          ['stdout', '7\n'],
        ],
      },
    ],
  },
  // A process that ends in such a way has an exit code, and no signal.
  '13-abort': { expected: [{ death: { exit_code: 134 } }] },
  '14b-kill-self': { expected: [{ death: { exit_code: 1 } }] },
  '16c-eof': {
    sources: [["'cat | wc -c'", 'process.execPath + \' -p "fs.readFileSync(0).length"\'']],
  },
  '20d-import': { expected: [{}, { stdout: 'true "\\r\\n"\n' }] },
  '22-chdir': {
    expected: [{}, { stdout: `${parse(process.cwd()).root}\n` }, { stdout: `${parse(process.cwd()).root}x\n` }],
  },
  '26-promises-shown': { sources: [["spawn('true')", "spawn(process.execPath, ['-v'])"]] },
  // Each line is a write to a pipe, which Wine does in 0.1 ms.
  '19g-many-lines': { sources: [['200000', '20000']], expected: [{ stdout_len: 108_890 }] },
  '27i-int-child': { sources: [["'sleep 60'", 'process.execPath + \' -e "setTimeout(() => 0, 60000)"\'']] },
};

/** A Ctrl+C reaches the child as well, and the command ends as whichever of the two hears of it first. */
const endsWithItsChild = new Set(['27i-int-child']);

/** The case as it is on Windows. */
export function onWindows(one: IsolationCase): IsolationCase {
  const { sources = [], expected = [] } = variants[one.id] ?? {};
  const unused = sources.find(([from]) => !one.commands.some(({ source }) => source.includes(from)));
  if (unused) throw new Error(`No command of ${one.id} has ${unused[0]}.`);
  const replaced = (source: string): string => sources.reduce((text, [from, to]) => text.replaceAll(from, to), source);
  return {
    ...one,
    commands: one.commands.map((command) => later({ ...command, source: replaced(command.source) })),
    expect: {
      ...one.expect,
      commands: one.expect.commands.map((command, index) =>
        without(dropped(one.id, index), { ...command, ...expected[index] }),
      ),
    },
  };
}

/** Under Wine, everything takes longer: a command, too, until it does what is to be interrupted. */
function later(command: CaseCommand): CaseCommand {
  const { interrupt_after_ms: ms, timeout_ms = 0 } = command;
  const patient = { ...command, timeout_ms: Math.max(timeout_ms, LONGEST_COMMAND_MS) };
  return ms === undefined ? patient : { ...patient, interrupt_after_ms: 5 * ms };
}

function dropped(id: string, index: number): readonly string[] {
  return endsWithItsChild.has(id) && index === 0 ? ['max_ms', 'exception'] : ['max_ms'];
}

function without(names: readonly string[], expected: Expected): Expected {
  return Object.fromEntries(Object.entries(expected).filter(([name]) => !names.includes(name)));
}
