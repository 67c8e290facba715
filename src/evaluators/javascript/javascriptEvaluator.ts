import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Evaluator, LaunchCommand, LaunchOptions } from '../../engine/evaluator.js';
import { reloadVariable } from '../reloadVariable.js';
import { scriptArguments } from '../scriptArguments.js';
import type * as InProcess from './worker/inProcess.js';

const load = createRequire(import.meta.url);

/** Where the build puts the worker, relative to its sources. */
const BUILT = '../../../../dist/evaluators/javascript/worker';

/**
 * JavaScript and TypeScript on Node.js 20.12 or later: a selected one, or the program that runs this code, so that
 * nothing needs to be installed. `worker` is the folder with the worker, or with its sources, in which case the built
 * one runs.
 */
export function createJavaScriptEvaluator(worker: string): Evaluator {
  const folder = (): string => (existsSync(path.join(worker, 'main.cjs')) ? worker : path.join(worker, BUILT));
  return {
    language: 'javascript',
    name: 'Node.js',
    launch({ interpreter, args = [], reload = [], script, controlPath }: LaunchOptions): LaunchCommand {
      return {
        file: interpreter ?? process.execPath,
        args: [...args, path.join(folder(), 'main.cjs'), controlPath, ...scriptArguments(script)],
        env: {
          ...reloadVariable(reload),
          // otherwise, an editor's own program would open a window; other programs ignore it
          ...(process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
        },
      };
    },
    openScope(globals) {
      const { openScope } = load(path.join(folder(), 'inProcess.cjs')) as typeof InProcess;
      return openScope(globals);
    },
  };
}
