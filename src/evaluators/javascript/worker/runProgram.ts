import vm from 'node:vm';
import { withPlainBuiltins } from './builtins.js';
import type { Program } from './compile/compile.js';
import { Iteration } from './compile/forAwait.js';
import { withExports } from './compile/moduleSyntax.js';

const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

type Generator = AsyncGenerator<unknown, [unknown] | undefined>;
interface Tools {
  readonly iterate: (iterable: unknown) => Iteration;
  readonly require: typeof withExports;
}

/** A global scope, and how code runs in it. */
export interface Realm {
  readonly scope: object;
  /** Whether code may import; if so, Node.js warns once that its loader for this is experimental. */
  mayImport(code: string): boolean;
  /** Runs scripts one after the other, and returns the value of the last one. */
  run(scripts: readonly vm.Script[]): unknown;
  /** A program has begun that waits: it is suspended where it does. */
  waits?(generator: object): void;
  /** Continues a program up to its next wait, and waits. */
  resume<Result>(step: () => Promise<Result>): Promise<Result>;
}

/**
 * The value of a program's last expression as the only element, or an empty array. Rejects with what it or the realm
 * throws.
 */
export async function runProgram(program: Program, realm: Realm): Promise<[] | [unknown]> {
  const { code, earlyCode } = program.rewritten;
  const scripts = [earlyCode, code]
    .filter((text) => text !== undefined)
    .map((text) => scriptOf(program, text, realm.mayImport(text)));
  const value = realm.run(scripts);
  if (program.kind === 'script') return program.hasValue ? [value] : [];
  const loops = new Set<Iteration>();
  const generator = (value as (this: unknown, tools: Tools) => Generator).call(realm.scope, toolsFor(loops));
  realm.waits?.(generator);
  try {
    return (await drive(generator, realm)) ?? [];
  } finally {
    // the loops that the program could not leave by itself
    withPlainBuiltins(() => {
      for (const loop of loops) loop.close().catch(() => undefined);
    });
  }
}

async function drive(generator: Generator, realm: Realm): Promise<[unknown] | undefined> {
  let sent: unknown;
  for (;;) {
    const step = await realm.resume(() => generator.next(sent));
    if (step.done) return step.value;
    sent = step.value;
  }
}

function scriptOf({ scriptName, firstLine }: Program, code: string, mayImport: boolean): vm.Script {
  const options = { filename: scriptName, lineOffset: firstLine - 1 };
  return new vm.Script(code, mayImport ? { ...options, importModuleDynamically } : options);
}

/** The functions for a command's generator whose source has syntax that needs help. `loops` are the running ones. */
function toolsFor(loops: Set<Iteration>): Tools {
  const iterate = (iterable: unknown): Iteration => {
    const loop = new Iteration(iterable, () => loops.delete(loop));
    loops.add(loop);
    return loop;
  };
  return { iterate, require: withExports };
}
