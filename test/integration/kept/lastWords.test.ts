import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testPythons } from '../../support/pythons.js';

const supervisor = path.resolve('src/evaluators/python/supervisor');

/** A host that asks for something and has gone before the supervisor, which writes to it just then, has read that. */
const program = `
import sys
sys.path.insert(0, ${JSON.stringify(supervisor)})
from _socket import AF_UNIX, SOCK_STREAM, socketpair
from _extsession_supervisor.connection import Connection
from _extsession_supervisor.poller import Poller
ours, host = socketpair(AF_UNIX, SOCK_STREAM)
ours.setblocking(False)
connection = Connection(Poller(), ours)
connection.received = lambda data: print(data.decode())
connection.closed = lambda: print("gone")
host.send(b"the last order")
host.close()
connection.send(b"output")
`;

test.skipIf(process.platform === 'win32').each(testPythons())(
  'what a host has asked for before it went is done, in Python $version',
  ({ executable }) => {
    expect(execFileSync(executable, ['-S', '-c', program], { encoding: 'utf8' })).toBe('the last order\ngone\n');
  },
);
