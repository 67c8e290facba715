import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { windowsPython } from '../../src/evaluators/python/windowsPython.js';
import type { WindowsCase } from './windowsCase.js';

/** The search for Python, with programs that stand in for it and entries of a company of our own in the registry. */
export function pythonSearchCases(): WindowsCase[] {
  const plain = { SystemRoot: process.env.SystemRoot };
  /** Copies of the stub in a folder with spaces and letters of another script. */
  const program = (stub: string, ...parts: string[]): string => {
    const file = path.join(...parts);
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(stub, file);
    return file;
  };
  const register = (key: string, ...value: string[]): void => {
    execFileSync('reg.exe', ['add', `HKCU\\Software\\Python\\${key}`, ...value, '/f'], { stdio: 'ignore' });
  };
  const unregister = (): void => {
    execFileSync('reg.exe', ['delete', 'HKCU\\Software\\Python\\ExtSessionTest', '/f'], { stdio: 'ignore' });
  };

  return [
    {
      name: 'Python is found in the registry, under a name with letters of another script',
      run: ({ folder, stub }) => {
        const old = program(stub, folder, 'old', 'python.exe');
        const found = program(stub, folder, 'Ädä x', 'python.exe');
        try {
          register('ExtSessionTest\\3.8\\InstallPath', '/v', 'ExecutablePath', '/d', old);
          register('ExtSessionTest\\3.99\\InstallPath', '/ve', '/d', path.dirname(found));
          assert.equal(windowsPython(plain), found);
        } finally {
          unregister();
        }
        return Promise.resolve();
      },
    },
    {
      name: 'Python is the default one of the launcher before that of PATH',
      run: ({ folder, stub }) => {
        const python = program(stub, folder, 'P 3', 'python.exe');
        const onPath = program(stub, folder, 'bin', 'python.exe');
        const launcher = program(stub, folder, 'Programs', 'Python', 'Launcher', 'py.exe');
        writeFileSync(`${launcher}.says`, ` -V:3.13          C:\\none\\python.exe\r\n -V:3.12 *        ${python}\r\n`);
        const env = { ...plain, Path: path.dirname(onPath) };
        assert.equal(windowsPython({ ...env, LOCALAPPDATA: folder }), python);
        assert.equal(windowsPython(env), onPath);
        return Promise.resolve();
      },
    },
  ];
}
