import { expect, it } from 'vitest';
import { launchChange, type Launch } from '../../../src/host/sessions/launch/launch.js';

const launch: Launch = {
  interpreter: { path: '/usr/bin/python3', env: { A: '1' } },
  cwd: '/home/ada',
  reload: [],
  startup: {},
};

it.each<[string, Partial<Launch>, ReturnType<typeof launchChange>]>([
  ['nothing, whatever the objects are', { interpreter: { ...launch.interpreter, env: { A: '1' } } }, undefined],
  ['the interpreter', { interpreter: { ...launch.interpreter, path: '/usr/bin/python4' } }, 'interpreter'],
  ['the interpreter, to the one on PATH', { interpreter: { env: { A: '1' } } }, 'interpreter'],
  [
    'the machine',
    { interpreter: { ...launch.interpreter, machine: { name: 'node7', command: ['ssh', 'node7'] } } },
    'interpreter',
  ],
  ['the working directory', { cwd: '/home/grace' }, 'workingDirectory'],
  ['which modules are reloaded', { reload: 'all' }, 'autoReload'],
  ['what runs first', { startup: { command: { source: 'import numpy' } } }, 'startup'],
  ['a variable', { interpreter: { ...launch.interpreter, env: { A: '2' } } }, 'environment'],
  ['a variable that is new', { interpreter: { ...launch.interpreter, env: { A: '1', B: '' } } }, 'environment'],
])('a launch differs from an earlier one by %s', (_, changed, expected) => {
  expect(launchChange(launch, { ...launch, ...changed })).toBe(expected);
});
