import path from 'node:path';
import { EvaluatorNotFoundError } from '../../engine/errors.js';
import type { Evaluator, LaunchCommand, LaunchOptions } from '../../engine/evaluator.js';
import { programOnPath } from '../../engine/windows/programOnPath.js';
import { reloadVariable } from '../reloadVariable.js';
import { scriptArguments } from '../scriptArguments.js';
import { pythonReceiver } from './pythonReceiver.js';
import { windowsPython } from './windowsPython.js';

/** A way by which warnings do not name the worker's files; the folder in it tells more. */
const UNNAMED_START = ['', 'worker', 'importlib_bootstrap', '..', 'start.py'].join(path.sep);
const FAR_START = UNNAMED_START.replaceAll(path.sep, '/');

/** What is sent to another machine: a folder for each. */
const PROGRAMS = ['worker', 'supervisor'];

/** CPython 3.7 or later. `folder` contains the worker and the supervisor, each with its `start.py`. */
export function createPythonEvaluator(folder: string): Evaluator {
  return {
    language: 'python',
    name: 'Python',
    launch({ interpreter, args = [], reload = [], script, env, controlPath }: LaunchOptions): LaunchCommand {
      const file = interpreter ?? find(env);
      return {
        file,
        args: [...args, `${folder}${UNNAMED_START}`, controlPath, ...scriptArguments(script)],
        env: reloadVariable(reload),
      };
    },
    portable: {
      folder,
      parts: PROGRAMS,
      interpreter: 'python3',
      needs: 'Python 3.7 or newer',
      receiver: (interpreter, nonce) => pythonReceiver({ interpreter, nonce, folder }),
      launch({ interpreter = 'python3', args = [], reload = [], script, controlPath }, there) {
        return {
          file: interpreter,
          args: [...args, `${there}${FAR_START}`, controlPath, ...scriptArguments(script)],
          env: reloadVariable(reload),
        };
      },
    },
    supervisor({ interpreter, env }): LaunchCommand {
      const isolated = ['-E', '-s', '-S']; // in every version, unlike -I
      return { file: interpreter ?? find(env), args: [...isolated, path.join(folder, 'supervisor', 'start.py')] };
    },
  };
}

function find(env: Readonly<Record<string, string | undefined>>): string {
  const isWindows = process.platform === 'win32';
  const found = isWindows ? windowsPython(env) : programOnPath(['python3', 'python'], { env });
  if (found === undefined) throw new EvaluatorNotFoundError(isWindows ? 'python' : 'python3');
  return found;
}
