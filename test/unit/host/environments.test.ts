import { describe, expect, it } from 'vitest';
import { activation, environmentMarks, environmentPythons } from '../../../src/host/interpreters/environments.js';

describe('the Python of a workspace is looked for', () => {
  it('in the usual folders beside the file and above, up to the root, nearest first', () => {
    const found = environmentPythons({ folder: '/w/a/b', root: '/w' }, {}, 'linux');
    expect(found.slice(0, 5)).toEqual([
      '/w/a/b/.venv/bin/python',
      '/w/a/b/venv/bin/python',
      '/w/a/b/.conda/bin/python',
      '/w/a/b/env/bin/python',
      '/w/a/.venv/bin/python',
    ]);
    expect(found.at(-1)).toBe('/w/env/bin/python');
  });

  it('beside a file that is not in the workspace, and not above it', () => {
    const found = environmentPythons({ folder: '/elsewhere/x', root: '/w' }, {}, 'linux');
    expect(found.every((path) => path.startsWith('/elsewhere/x/'))).toBe(true);
  });

  it('last in the environment that is active where VS Code was started', () => {
    const env = { VIRTUAL_ENV: '/active', CONDA_PREFIX: '/conda' };
    expect(environmentPythons({}, env, 'linux')).toEqual(['/active/bin/python', '/conda/bin/python']);
  });

  it('by the names that Windows has', () => {
    const found = environmentPythons({ folder: 'C:\\w', root: 'C:\\w' }, {}, 'win32');
    expect(found.slice(0, 2)).toEqual(['C:\\w\\.venv\\Scripts\\python.exe', 'C:\\w\\.venv\\python.exe']);
  });
});

describe('an environment', () => {
  it('is known by what stands in its folder', () => {
    expect(environmentMarks('/w/.venv/bin/python', 'linux')).toEqual([
      { kind: 'venv', prefix: '/w/.venv', mark: '/w/.venv/pyvenv.cfg' },
      { kind: 'conda', prefix: '/w/.venv', mark: '/w/.venv/conda-meta' },
      { kind: 'conda', prefix: '/w/.venv/bin', mark: '/w/.venv/bin/conda-meta' },
    ]);
  });

  it.each([
    ['venv', { VIRTUAL_ENV: '/e', PATH: '/e/bin:/usr/bin' }],
    ['conda', { CONDA_PREFIX: '/e', PATH: '/e/bin:/usr/bin' }],
  ] as const)('of %s is active for what the code starts', (kind, expected) => {
    expect(activation({ kind, prefix: '/e' }, { PATH: '/usr/bin' }, 'linux')).toEqual(expected);
  });

  it('is active on Windows under the name that the path has there', () => {
    const active = activation({ kind: 'conda', prefix: 'C:\\e' }, { Path: 'C:\\bin' }, 'win32');
    expect(active).toEqual({ CONDA_PREFIX: 'C:\\e', Path: 'C:\\e;C:\\e\\Library\\bin;C:\\e\\Scripts;C:\\bin' });
  });
});
