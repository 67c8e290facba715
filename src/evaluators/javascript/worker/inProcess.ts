import { inspect } from 'node:util';
import vm from 'node:vm';
import type { Scope } from '../../../engine/evaluator.js';
import { compile, SourceError } from './compile/compile.js';
import { describeError } from './errors.js';
import { META } from './compile/moduleSyntax.js';
import { metaOf } from './compile/origin.js';
import { type Realm, runProgram } from './runProgram.js';
import { rememberProgram } from './compile/programSources.js';
import { prepareStackTrace } from './compile/stackTraces.js';

/**
 * A separate global scope in this process, in which sources run like commands, except that they cannot be interrupted.
 */
export function openScope(globals: Readonly<Record<string, unknown>>): Scope {
  const holder = Object.assign(Object.create(null) as Record<string | symbol, unknown>, globals);
  const context = vm.createContext(holder, { name: 'ExtSession' });
  const inner = vm.runInContext('({ scope: globalThis, Error })', context) as {
    scope: object;
    Error: ErrorConstructor;
  };
  inner.Error.prepareStackTrace = prepareStackTrace;
  Object.defineProperty(inner.scope, Symbol.for(META), { value: metaOf });
  const realm: Realm = {
    scope: inner.scope,
    mayImport: (code) => code.includes('import'), // the warning would be shown by a program that is not ours
    run: (scripts) => scripts.map((script) => script.runInContext(context, { displayErrors: false }) as unknown).at(-1),
    resume: (step) => step(),
  };
  return {
    run: async (source, filename) => {
      const program = compile(source, { filename, firstLine: 1 });
      rememberProgram(program);
      const [value] = await runProgram(program, realm);
      return value;
    },
    textOf: (error, source, filename) => {
      if (!(error instanceof SourceError)) return inspect(error, { customInspect: false });
      const place = { filename, firstLine: 1, source };
      return describeError(error, place).traceback.trimEnd();
    },
  };
}
