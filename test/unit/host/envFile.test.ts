import { describe, expect, it } from 'vitest';
import { mergeEnvFile, parseEnvFile } from '../../../src/host/interpreters/envFile.js';

const env = { HOME: '/home/ada', PATH: '/usr/bin' };

describe('an environment file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['names and values', 'A=1\nB = two words \n', { A: '1', B: 'two words' }],
    ['no value', 'A=\n', { A: '' }],
    ['blank lines and comments', '\n# A=1\n  # B=2\nC=3', { C: '3' }],
    ['a # that belongs to a value', 'A=1 # one', { A: '1 # one' }],
    [
      'quotes around a value, and in it',
      `A="x y"\nB='x "y"'\nC="it's"\nD=x"y"`,
      {
        A: 'x y',
        B: 'x "y"',
        C: "it's",
        D: 'x"y"',
      },
    ],
    ['a line break within quotes', 'A="x\\ny"\nB=x\\ny', { A: 'x\ny', B: 'x\\ny' }],
    ['a value that holds =', 'A=b=c', { A: 'b=c' }],
    ['other line ends, and a mark of the byte order', '\ufeffA=1\r\nB=2\rC=3', { A: '1', B: '2', C: '3' }],
    ['a name twice', 'A=1\nA=2', { A: '2' }],
    ['what is no assignment', 'export A=1\n1B=2\nC', {}],
  ])('is read: %s', (_, text, expected) => {
    expect(parseEnvFile(text, env)).toEqual(expected);
  });

  it('is read soon, however long its lines are', () => {
    const spaces = ' '.repeat(100_000);
    expect(parseEnvFile(`A=1${spaces}=${spaces}2${spaces}\n`, env)).toEqual({ A: `1${spaces}=${spaces}2` });
  });

  it.each([
    ['of the environment', 'A=${HOME}/x', '/home/ada/x'],
    ['given above', 'B=1\nA=${B}${B}', '11'],
    ['given above, rather than of the environment', 'HOME=/x\nA=${HOME}', '/x'],
    ['that there is not', 'A=<${MISSING}>', '<>'],
    ['that is no name', 'A=${1+1}${HOME}', '${1+1}${HOME}'],
    ['whose $ is escaped', 'A=\\${HOME}', '${HOME}'],
  ])('puts in the value of a variable %s', (_, text, expected) => {
    expect(parseEnvFile(text, env).A).toBe(expected);
  });

  it('puts search paths in front of those of the environment, and replaces all else', () => {
    const merged = mergeEnvFile({ PATH: '/own', PYTHONPATH: 'lib', HOME: '/x', EMPTY: '' }, env, ':');
    expect(merged).toEqual({ PATH: '/own:/usr/bin', PYTHONPATH: 'lib', HOME: '/x', EMPTY: '' });
  });
});
