import { describe, expect, test } from 'vitest';
import { registeredPythons } from '../../../src/evaluators/python/registeredPythons.js';
import { launchedPythons, windowsPython, type WindowsSystem } from '../../../src/evaluators/python/windowsPython.js';

const store = 'C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps';
const env = { SystemRoot: 'C:\\Windows', LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local', PATH: `${store};C:\\Tools` };

const registry = [
  'Windows Registry Editor Version 5.00',
  '',
  '[HKEY_CURRENT_USER\\Software\\Python\\PythonCore]',
  '"DisplayName"="Python Software Foundation"',
  '',
  '[HKEY_CURRENT_USER\\Software\\Python\\PythonCore\\3.9\\InstallPath]',
  '@="C:\\\\Python39\\\\"',
  '',
  '[HKEY_CURRENT_USER\\Software\\Python\\PythonCore\\3.13-32\\InstallPath]',
  '"ExecutablePath"="C:\\\\Python313-32\\\\python.exe"',
  '',
  '[HKEY_LOCAL_MACHINE\\Software\\Python\\PythonCore\\3.12\\InstallPath]',
  '@="C:\\\\Program Files\\\\Python312\\\\"',
  '"ExecutablePath"="C:\\\\Program Files\\\\Python312\\\\python.exe"',
  '"WindowedExecutablePath"="C:\\\\Program Files\\\\Python312\\\\pythonw.exe"',
  '',
  '[HKEY_LOCAL_MACHINE\\Software\\Python\\PythonCore\\2.7\\InstallPath]',
  '@="C:\\\\Python27\\\\"',
  '',
  '[HKEY_CURRENT_USER\\Software\\Python\\ContinuumAnalytics\\Anaconda311-64\\InstallPath]',
  '"ExecutablePath"="C:\\\\anaconda3\\\\python.exe"',
].join('\r\n');

/** A system with these files, whose programs print these texts. */
function systemWith(files: readonly string[], printed: Readonly<Record<string, string>> = {}): WindowsSystem {
  return {
    list: (launcher) => printed[launcher] ?? '',
    registry: () => printed.registry ?? '',
    exists: (file) => files.includes(file),
    target: (file) =>
      file.startsWith(store) ? 'C:\\Program Files\\WindowsApps\\AppInstallerPythonRedirector.exe' : undefined,
  };
}

describe('the Python of Windows', () => {
  const launcher = 'C:\\Windows\\py.exe';
  const listed = ' -V:3.13          C:\\P 13\\python.exe\r\n -V:3.12 *        C:\\P12\\python.exe\r\n';
  const all = [
    launcher,
    'C:\\P12\\python.exe',
    'C:\\P 13\\python.exe',
    'C:\\Python39\\python.exe',
    'C:\\Tools\\python.exe',
  ];

  test("is the launcher's default", () => {
    expect(windowsPython(env, systemWith(all, { [launcher]: listed, registry }))).toBe('C:\\P12\\python.exe');
  });

  test('is another one that the launcher lists if the default does not exist', () => {
    const system = systemWith([launcher, 'C:\\P 13\\python.exe'], { [launcher]: listed });
    expect(windowsPython(env, system)).toBe('C:\\P 13\\python.exe');
  });

  test('is in the registry if there is no launcher', () => {
    expect(windowsPython(env, systemWith(all.slice(1), { registry }))).toBe('C:\\Python39\\python.exe');
  });

  test('is on PATH if it is not registered', () => {
    expect(windowsPython(env, systemWith(all.slice(4)))).toBe('C:\\Tools\\python.exe');
  });

  test('is not the link that opens the store', () => {
    expect(windowsPython(env, systemWith([`${store}\\python.exe`]))).toBeUndefined();
  });

  test('can be one of the store', () => {
    const system = {
      ...systemWith([`${store}\\python.exe`]),
      target: () => 'C:\\Program Files\\WindowsApps\\python.exe',
    };
    expect(windowsPython(env, system)).toBe(`${store}\\python.exe`);
  });
});

test('registered Pythons are those of python.org, in 64 bits, the newest, then others; too old ones are none', () => {
  expect(registeredPythons(registry)).toEqual([
    'C:\\Program Files\\Python312\\python.exe',
    'C:\\Python39\\python.exe',
    'C:\\Python313-32\\python.exe',
    'C:\\anaconda3\\python.exe',
  ]);
});

test('the list of an older launcher has its star at the end', () => {
  const listed = [
    'Installed Pythons found by py Launcher for Windows',
    ' -3.9-64        C:\\P39\\python.exe',
    ' -3.8-64\t"C:\\P38\\python.exe" *',
    ' -2.7-64        C:\\P27\\python.exe',
  ].join('\n');
  expect(launchedPythons(listed)).toEqual(['C:\\P38\\python.exe', 'C:\\P39\\python.exe']);
});
