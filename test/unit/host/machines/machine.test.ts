import { expect, test } from 'vitest';
import { recentMachines, rememberMachine } from '../../../../src/commands/sessions/recentMachines.js';
import { evaluatorOn, readMachines } from '../../../../src/host/machines/machine.js';
import { containersIn } from '../../../../src/host/machines/runningContainers.js';
import { podsIn } from '../../../../src/host/machines/runningPods.js';
import { newestJobIn, partitionsIn } from '../../../../src/host/machines/slurm.js';
import { sshHosts } from '../../../../src/host/machines/sshHosts.js';

test('machines of the settings are taken if they are valid, and the others are named', () => {
  const node7 = { name: 'node7', command: ['ssh', 'node7'], folder: '~/project', env: { A: '1' } };
  const { machines, problems } = readMachines([node7, 1, { name: 'x', command: [] }, { name: '', command: ['ssh'] }]);
  expect(machines).toEqual([node7]);
  expect(problems.map((problem) => problem.slice(0, 2))).toEqual(['1:', '2:', '3:']);
});

test.each([
  ['node', 'javascript'],
  ['nodejs', 'javascript'],
  ['node22.1', 'javascript'],
  ['~/.nvm/versions/node/v22.0.0/bin/node', 'javascript'],
  ['/home/node/venv/bin/python', 'python'],
  ['/opt/nodes/python3', 'python'],
  [undefined, 'python'],
] as const)('the interpreter says the language of sessions there: %s is %s', (interpreter, evaluator) => {
  expect(evaluatorOn(interpreter === undefined ? {} : { interpreter })).toBe(evaluator);
});

test('hosts of ssh are those that have a name, however the file is written', () => {
  const configuration = `
# Host commented
Host node7 "node8"
  HostName 10.0.0.7
host=login
Host *.example.org !gone -oLocalCommand ?
Match host other
  User ada
Host node7
`;
  expect(sshHosts(configuration)).toEqual(['node7', 'node8', 'login']);
  expect(sshHosts('x'.repeat(2 ** 21))).toEqual([]);
});

test('containers are those with a usable name', () => {
  expect(containersIn('docker', ['web\tpython:3.13', 'old,alias\timage', '--privileged\tx', ''])).toEqual([
    { program: 'docker', name: 'web', image: 'python:3.13' },
    { program: 'docker', name: 'old', image: 'image' },
  ]);
});

test('pods are those with a usable name, with their namespace', () => {
  expect(podsIn(['web-7d4b9 team-a python:3.13', '  db-0   data   postgres:16  ', '--as=root x y', 'lone'])).toEqual([
    { name: 'web-7d4b9', namespace: 'team-a', image: 'python:3.13' },
    { name: 'db-0', namespace: 'data', image: 'postgres:16' },
  ]);
});

test('the usual partition of a cluster comes first, each once', () => {
  expect(partitionsIn(['gpu', 'debug*', 'long', 'gpu', '; rm'])).toEqual(['debug', 'gpu', 'long']);
  expect(partitionsIn([])).toEqual([]);
});

test('the newest job of a name is the one that is told of', () => {
  expect(newestJobIn(['99 RUNNING None', '101 PENDING Resources', '100 PENDING Priority'])).toEqual({
    id: '101',
    state: 'PENDING',
    reason: 'Resources',
  });
  expect(newestJobIn([])).toBeUndefined();
});

test('the machines that were used last come first, each once, and no more than five', async () => {
  let kept: unknown;
  const memory = {
    get: () => kept,
    update: (_key: string, value: unknown) => {
      kept = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'b'])
    await rememberMachine(memory, { name, command: ['ssh', name] });
  expect(recentMachines(memory).map(({ name }) => name)).toEqual(['b', 'f', 'e', 'd', 'c']);
  kept = [{ name: 'no command' }];
  expect(recentMachines(memory)).toEqual([]);
});
