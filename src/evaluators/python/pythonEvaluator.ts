import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { EvaluatorNotFoundError } from '../../engine/errors.js';
import type { Evaluator, LaunchCommand, LaunchOptions } from '../../engine/evaluator.js';
import { reloadVariable } from '../reloadVariable.js';
import { scriptArguments } from '../scriptArguments.js';

const names = process.platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python3', 'python'];

/** A way by which warnings do not name the worker's files; the folder in it tells more. */
const UNNAMED_START = ['', 'worker', 'importlib_bootstrap', '..', 'start.py'].join(path.sep);

/** CPython 3.7 or later. `folder` contains the worker and the supervisor, each with its `start.py`. */
export function createPythonEvaluator(folder: string): Evaluator {
  return {
    language: 'python',
    name: 'Python',
    launch({ interpreter, args = [], reload = [], script, env, controlPath }: LaunchOptions): LaunchCommand {
      const file = interpreter ?? findOnPath(env);
      return {
        file,
        args: [...args, `${folder}${UNNAMED_START}`, controlPath, ...scriptArguments(script)],
        env: reloadVariable(reload),
      };
    },
    supervisor({ interpreter, env }): LaunchCommand {
      const isolated = ['-E', '-s', '-S']; // in every version, unlike -I
      return { file: interpreter ?? findOnPath(env), args: [...isolated, path.join(folder, 'supervisor', 'start.py')] };
    },
  };
}

function findOnPath(env: Readonly<Record<string, string | undefined>>): string {
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(Boolean); // 'Path' on Windows
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
    if (found) return found;
  }
  throw new EvaluatorNotFoundError('python3');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
