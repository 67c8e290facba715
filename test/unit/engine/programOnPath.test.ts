import { describe, expect, test } from 'vitest';
import { programOnPath, programToStart } from '../../../src/engine/windows/programOnPath.js';
import { systemProgram } from '../../../src/engine/windows/systemProgram.js';

const anything = () => true;

describe('on Windows', () => {
  const platform = 'win32';

  test('a program is found by PATH, whose name has any case and whose folders may be quoted', () => {
    const env = { Path: '"C:\\Program Files\\Tools";C:\\Other' };
    expect(programOnPath(['a.exe'], { env, platform, isProgram: anything })).toBe('C:\\Program Files\\Tools\\a.exe');
  });

  test('the current folder and relative ones do not count', () => {
    const env = { PATH: '.;;bin;\\here;\\\\server\\share' };
    const looked: string[] = [];
    const isProgram = (file: string) => looked.push(file) < 0;
    expect(programOnPath(['a.exe'], { env, platform, isProgram })).toBeUndefined();
    expect(looked).toEqual(['\\\\server\\share\\a.exe']);
  });

  test('links to the store come last', () => {
    const env = { PATH: 'C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps\\;C:\\Python' };
    expect(programOnPath(['python.exe'], { env, platform, isProgram: anything })).toBe('C:\\Python\\python.exe');
  });

  test('a name becomes a path before it is started', () => {
    const env = { PATH: 'C:\\node', SystemRoot: 'D:\\Windows' };
    const isProgram = (file: string) => file === 'C:\\node\\node.exe' || file === 'C:\\node\\npm.cmd';
    const start = (file: string) => programToStart(file, { env, platform, isProgram });
    expect(start('node')).toBe('C:\\node\\node.exe');
    expect(start('node.exe')).toBe('C:\\node\\node.exe');
    expect(start('npm')).toBe('C:\\node\\npm.cmd');
    expect(start('C:\\b\\node')).toBe('C:\\b\\node');
    expect(start('other')).toBe('D:\\Windows\\System32\\other.exe');
  });

  test('programs of the system have a path', () => {
    expect(systemProgram('taskkill.exe', { SystemRoot: 'D:\\Windows' })).toBe('D:\\Windows\\System32\\taskkill.exe');
    expect(systemProgram('reg.exe', {})).toBe('C:\\Windows\\System32\\reg.exe');
  });
});

test('elsewhere, a name stays a name, and the first of them wins in any folder', () => {
  expect(programToStart('python3', { env: {}, platform: 'linux' })).toBe('python3');
  const isProgram = (file: string) => file !== '/a/python3';
  const env = { PATH: '/a:/b' };
  expect(programOnPath(['python3', 'python'], { env, platform: 'linux', isProgram })).toBe('/b/python3');
});
