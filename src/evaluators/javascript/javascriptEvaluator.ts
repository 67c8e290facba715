import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Evaluator, LaunchCommand, LaunchOptions } from '../../engine/evaluator.js';
import { PUBLISH } from './inspectorOption.js';
import { reloadVariable } from '../reloadVariable.js';
import { scriptArguments } from '../scriptArguments.js';
import { javascriptReceiver } from './javascriptReceiver.js';
import type * as InProcess from './worker/inProcess.js';

const load = createRequire(import.meta.url);

/** Where the build puts the programs, relative to their sources. */
const BUILT = '../../../dist/javascript';

/** What is sent to another machine. */
const PROGRAMS = [
  'supervisor/main.cjs',
  ...['acorn', 'debugRelay', 'main', 'reloadHooks', 'thread', 'typedHooks', 'typescript'].map(
    (name) => `worker/${name}.cjs`,
  ),
];

/** Otherwise, an editor's own program would open a window; other programs ignore it. */
const asNode = process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };

/** What keeps the supervisor small: it has few objects, and most of them are short-lived. */
const smallHeap = ['--max-semi-space-size=1'];

/**
 * JavaScript and TypeScript on Node.js 20.12 or later: a selected one, or the program that runs this code, so that
 * nothing needs to be installed. `folder` contains the worker and the supervisor, or their sources, in which case the
 * built ones run. `typescript` is the file of a compiler for projects that have none.
 */
export function createJavaScriptEvaluator(folder: string, typescript?: string): Evaluator {
  const built = (file: string): string => {
    const beside = path.join(folder, file);
    return existsSync(beside) ? beside : path.join(folder, BUILT, file);
  };
  return {
    language: 'javascript',
    name: 'Node.js',
    launch({ interpreter, args = [], reload = [], script, controlPath }: LaunchOptions): LaunchCommand {
      return {
        file: interpreter ?? process.execPath,
        args: [...args, PUBLISH, built('worker/main.cjs'), controlPath, ...scriptArguments(script)],
        env: { ...reloadVariable(reload), EXTSESSION_TYPESCRIPT: typescript, ...asNode },
      };
    },
    portable: {
      get folder() {
        return path.dirname(path.dirname(built('supervisor/main.cjs')));
      },
      parts: PROGRAMS,
      interpreter: 'node',
      needs: 'Node.js 20.12 or newer',
      receiver: (interpreter, nonce) => javascriptReceiver({ interpreter, nonce, file: built('receiver/main.cjs') }),
      launch({ interpreter = 'node', args = [], reload = [], script, controlPath }, there) {
        return {
          file: interpreter,
          args: [...args, `${there}/worker/main.cjs`, controlPath, ...scriptArguments(script)],
          env: reloadVariable(reload),
        };
      },
    },
    supervisor({ interpreter }): LaunchCommand {
      return {
        file: interpreter ?? process.execPath,
        args: [...smallHeap, built('supervisor/main.cjs')],
        env: { ...asNode, NODE_OPTIONS: undefined }, // they are meant for the user's code
      };
    },
    openScope(globals) {
      const { openScope } = load(built('worker/inProcess.cjs')) as typeof InProcess;
      return openScope(globals);
    },
  };
}
