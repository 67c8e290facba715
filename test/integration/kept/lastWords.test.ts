import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { sent } from '../../../src/engine/supervised/frames.js';
import { connectToSocket } from '../../../src/engine/supervised/socketWire.js';
import { connectToSupervisor, SupervisorConnection } from '../../../src/engine/supervised/supervisorConnection.js';
import { testPythons } from '../../support/pythons.js';
import { keptLanguages } from './keptLanguages.js';
import { alive, endSessionsAfterEach, newGate, referenceOf, start, supervisorOf } from './keptSessions.js';

endSessionsAfterEach();

const supervisor = path.resolve('src/evaluators/python/supervisor');

/** Reports what a host asks for that has gone before the supervisor reads it. */
const prelude = `
import sys
sys.path.insert(0, ${JSON.stringify(supervisor)})
from _socket import AF_UNIX, SOCK_STREAM, socketpair
from _extsession_supervisor.connection import Connection
from _extsession_supervisor.poller import Poller
poller = Poller()
ours, host = socketpair(AF_UNIX, SOCK_STREAM)
ours.setblocking(False)
def report(connection):
    connection.received = lambda data: print(data.decode())
    connection.closed = lambda: print("gone")
    return connection
`;

const whileItWrites = `${prelude}
connection = report(Connection(poller, ours))
host.send(b"the last order")
host.close()
connection.send(b"output")
`;

/** The end of the program that carries the frames is seen before what it carried. */
const elsewhere = `${prelude}
import os
orders, there = os.pipe()
connection = report(Connection(poller, ours, orders, os.dup(1)))
os.write(there, b"the last order")
host.close()
poller.turn()
`;

/** A letter, such as T for a process that is stopped. */
function stateOf(pid: number): string | undefined {
  return /\) (\w) /.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.[1];
}

/** While the supervisor cannot hear it, a host asks it to end, and goes. */
async function askToEnd(supervisor: number, host: SupervisorConnection): Promise<void> {
  process.kill(supervisor, 'SIGSTOP');
  await expect.poll(() => stateOf(supervisor)).toBe('T');
  host.send(sent.kill, null);
  host.destroy();
  await host.closed;
  process.kill(supervisor, 'SIGCONT');
}

describe.skipIf(process.platform === 'win32').each(testPythons())('in Python $version', ({ executable }) => {
  test.each([
    ['while output is written to it', whileItWrites],
    ['on another machine, and the way there is lost', elsewhere],
  ])('what a host has asked for before it went counts, %s', (_when, program) => {
    expect(execFileSync(executable, ['-S', '-c', program], { encoding: 'utf8' })).toBe('the last order\ngone\n');
  });
});

describe.skipIf(process.platform !== 'linux').each(keptLanguages.map((language) => [language.name, language] as const))(
  'the supervisor of a session of %s ends as its last host wants',
  (_name, language) => {
    test('also if that host has gone when it hears of it, and output waits', async () => {
      const session = await start(language.options);
      await session.execute(language.chattyChild).wait();
      const reference = referenceOf(session);
      const supervisor = supervisorOf(reference);
      const host = await connectToSupervisor(reference.directory, silentLogger);
      await host.attach(reference.secret);
      await new Promise<void>((resolve) => {
        host.listen(() => {
          resolve(); // the child writes
        });
      });
      await expect.poll(() => session.detachment).toBe('replaced');
      await askToEnd(supervisor, host);
      await expect.poll(() => existsSync(reference.directory)).toBe(false);
    });

    test('also if that host has not read the output that is written to it', async () => {
      const session = await start(language.options);
      const reference = referenceOf(session);
      const supervisor = supervisorOf(reference);
      const gate = newGate();
      const source = `${language.waitFor(gate.file)}\n${language.lines(20_000, 'x')}`;
      session.execute(source);
      session.execute(language.killItself);
      const wire = await connectToSocket(path.join(reference.directory, 'h'));
      const host = new SupervisorConnection(wire, silentLogger); // which takes nothing from files
      await host.attach(reference.secret);
      host.hold();
      gate.open();
      await expect.poll(() => alive(reference.pid), { timeout: 20_000 }).toBe(false); // and has been waited for
      await expect.poll(() => session.detachment).toBe('replaced');
      await askToEnd(supervisor, host);
      await expect.poll(() => existsSync(reference.directory)).toBe(false);
    });
  },
);
