import type { ErrorInfo, ExceptionInfo } from '../../../src/protocol/output.js';

const dropped: ExceptionInfo = {
  name: 'ConnectionResetError',
  message: '[Errno 104] Connection reset by peer',
  notes: ['host: db.trips.example', 'after 3 attempts'],
  frames: [
    {
      file: '/home/ada/store.py',
      line: 18,
      endLine: 18,
      column: 11,
      endColumn: 33,
      function: 'fetch',
      source: '    return connection.read(query)',
    },
    {
      file: '/usr/lib/python3.12/socket.py',
      line: 720,
      function: 'readinto',
      source: 'return self._sock.recv_into(b)',
    },
  ],
};
const missing: ExceptionInfo = {
  name: 'KeyError',
  message: "'fares'",
  frames: [{ file: '/home/ada/cache.py', line: 9, function: 'cached', source: '    return kept[table]' }],
  context: dropped,
};

/** Raised from one exception, which was raised while another was handled. */
export const chainedError: ErrorInfo = {
  name: 'StoreError',
  message: 'no table "fares"',
  notes: ['tables: zones, trips'],
  traceback:
    'Traceback (most recent call last):\nConnectionResetError: ...\n\nDuring handling of the above exception, another exception occurred:\n\nKeyError: ...\n\nThe above exception was the direct cause of the following exception:\n\nStoreError: no table "fares"\n',
  frames: [
    { file: '/home/ada/train.py', line: 30, function: '<module>', source: 'fares = load("fares")' },
    {
      file: '/home/ada/store.py',
      line: 41,
      function: 'load',
      source: '    raise StoreError(f\'no table "{table}"\') from error',
    },
  ],
  cause: missing,
};

function failedTask(number: number): ExceptionInfo {
  const name = number === 2 ? 'TimeoutError' : 'ValueError';
  const message = number === 2 ? '' : `row ${String(number)}: "fare" is negative`;
  const source = '    check(row)';
  return { name, message, frames: [{ file: '/home/ada/etl.py', line: 50 + number, function: 'task', source }] };
}

/** Two groups, one within the other. */
export const groupError: ErrorInfo = {
  name: 'ExceptionGroup',
  message: 'unhandled errors in a TaskGroup (3 sub-exceptions)',
  traceback:
    '  + Exception Group Traceback (most recent call last):\n  | ExceptionGroup: unhandled errors in a TaskGroup (3 sub-exceptions)\n',
  frames: [{ file: '/home/ada/etl.py', line: 88, function: 'main', source: '    async with TaskGroup() as tasks:' }],
  exceptions: [
    failedTask(1),
    failedTask(2),
    {
      name: 'ExceptionGroup',
      message: 'uploads (2 sub-exceptions)',
      frames: [],
      exceptions: [failedTask(3), failedTask(4)],
    },
  ],
  context: dropped,
};

/** As JavaScript's errors are. */
export const javascriptError: ErrorInfo = {
  name: 'Error',
  message: 'the report was not written',
  traceback:
    'Error: the report was not written\n    at report.js:4:9 {\n  [cause]: TypeError: rows is not iterable\n}\n',
  frames: [
    {
      file: '/home/ada/report.js',
      line: 4,
      function: 'write',
      source: "  throw new Error('the report was not written', { cause });",
    },
  ],
  cause: {
    name: 'TypeError',
    message: 'rows is not iterable',
    frames: [
      { file: '/home/ada/report.js', line: 2, function: 'sum', source: '  for (const row of rows) total += row;' },
    ],
  },
};
