import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePath, resolveProgram, resolveVariables } from '../../../src/host/interpreters/settingVariables.js';

const variables = {
  workspaceFolder: '/home/ada/engine',
  fileDirname: '/home/ada/engine/notes',
  workspaceFolders: { engine: '/home/ada/engine', tables: '/srv/tables' },
  env: { TOOLS: '/opt/tools' },
};

describe('the variables of a setting', () => {
  it.each([
    ['${workspaceFolder}/data', '/home/ada/engine/data'],
    ['${workspaceFolder:tables}', '/srv/tables'],
    ['/tmp/${workspaceFolderBasename}', '/tmp/engine'],
    ['${fileDirname}', '/home/ada/engine/notes'],
    ['${env:TOOLS}/bin', '/opt/tools/bin'],
    ['${env:MISSING}x', 'x'],
    ['${userHome}/py', `${homedir()}/py`],
    ['~/py', `${homedir()}/py`],
    ['a${/}b${pathSeparator}c', `a${sep}b${sep}c`],
    ['  spaced  ', 'spaced'],
  ])('%s stands for %s', (template, expected) => {
    expect(resolveVariables(template, variables)).toBe(expected);
  });

  it.each(['${command:pick}', '${workspaceFolder:missing}', '${nothing}', 'a~b'])('%s stays as it is', (template) => {
    expect(resolveVariables(template, variables)).toBe(template);
  });
});

describe('a path in a setting', () => {
  it.each([
    ['', '/home/ada/engine'],
    ['data', '/home/ada/engine/data'],
    ['./data', '/home/ada/engine/data'],
    ['/data', '/data'],
  ])('%j is %s', (template, expected) => {
    expect(resolvePath(template, variables)).toBe(resolve(expected));
  });
});

describe('a program in a setting', () => {
  it.each([
    ['', ''],
    ['python3.12', 'python3.12'],
    ['.venv/bin/python', resolve('/home/ada/engine/.venv/bin/python')],
    ['${workspaceFolder}/.venv/bin/python', resolve('/home/ada/engine/.venv/bin/python')],
    ['/usr/bin/python3', resolve('/usr/bin/python3')],
  ])('%j is %s', (template, expected) => {
    expect(resolveProgram(template, variables)).toBe(expected);
  });
});
