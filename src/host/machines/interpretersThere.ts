import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { EvaluatorStartError } from '../../engine/errors.js';
import { extexec } from '../../engine/freshProcess.js';
import type { ExtSessionOptions } from '../../engine/sessionOptions.js';
import type { Machine } from './machine.js';

/** What was found on a machine. */
export interface FoundThere {
  /** The interpreter that looked, and its version. */
  readonly usual: 'python3' | 'node';
  readonly version: string;
  readonly home: string;
  readonly interpreters: readonly string[];
}

const LONGEST = 1 << 16;
const name = v.pipe(v.string(), v.maxLength(1000));
const found = v.object({ version: name, home: name, interpreters: v.pipe(v.array(name), v.maxLength(200)) });

/** Where environments usually are, below the home folder and the session's own; and versions of Node.js. */
const PYTHON_SOURCE = `
import glob, json, os, platform, shutil
home = os.path.expanduser("~")
tops = ["miniconda3", "anaconda3", "miniforge3", "mambaforge", "/opt/conda", "/opt/miniconda3"]
patterns = [p for top in tops for p in (top + "/bin/python", top + "/envs/*/bin/python")]
patterns += [".conda/envs/*/bin/python", ".pyenv/versions/*/bin/python", ".virtualenvs/*/bin/python"]
patterns += [".venv/bin/python", "venv/bin/python", "*/.venv/bin/python", "*/venv/bin/python", "/opt/*/bin/python"]
folders = dict.fromkeys([home, os.getcwd()])
names = [n for p in patterns for f in folders for n in sorted(glob.glob(os.path.join(f, p)))]
names += filter(None, map(shutil.which, ["python3", "python", "node"]))
names += sorted(glob.glob(home + "/.nvm/versions/node/*/bin/node"))
names = [n for n in dict.fromkeys(names) if os.access(n, os.X_OK)]
print(json.dumps({"version": platform.python_version(), "home": home, "interpreters": names[:200]}))
`;

/** The same where there is no Python. */
const NODE_SOURCE = `
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
const [home, { PATH = '', NVM_DIR = home + '/.nvm' }] = [homedir(), process.env];
const nvm = NVM_DIR + '/versions/node';
const folders = PATH.split(':').concat((existsSync(nvm) ? readdirSync(nvm) : []).map((name) => nvm + '/' + name + '/bin'));
const interpreters = [...new Set(folders.map((folder) => folder + '/node'))].filter(existsSync).slice(0, 200);
console.log(JSON.stringify({ version: process.versions.node, home, interpreters }));
`;

/**
 * Connects to a machine, and looks for interpreters there.
 * @throws the errors of `extexec`.
 */
export async function interpretersThere(
  { command, folder }: Machine,
  options: Pick<ExtSessionOptions, 'prefixEnv' | 'signal' | 'logger'>,
): Promise<FoundThere> {
  const there = { ...options, commandPrefix: command, ...(folder === undefined ? {} : { cwd: folder }) };
  try {
    return { usual: 'python3', ...read(await extexec(PYTHON_SOURCE, there)) };
  } catch (error) {
    if (!isWithoutInterpreter(error)) throw error;
    try {
      return { usual: 'node', ...read(await extexec(NODE_SOURCE, { ...there, evaluator: 'javascript' })) };
    } catch (other) {
      throw isWithoutInterpreter(other) ? withoutBoth(error) : other;
    }
  }
}

function read({ stdout }: { readonly stdout: string }): v.InferOutput<typeof found> {
  return v.parse(found, JSON.parse(stdout.slice(0, LONGEST)));
}

function isWithoutInterpreter(error: unknown): error is EvaluatorStartError {
  const kind = error instanceof EvaluatorStartError ? error.failure?.kind : undefined;
  return kind === 'farInterpreterMissing' || kind === 'farInterpreterOld';
}

function withoutBoth({ message, output, failure }: EvaluatorStartError): EvaluatorStartError {
  return new EvaluatorStartError(message, output, {
    ...(failure && {
      failure: { ...failure, ...('needs' in failure && { needs: l10n.t('Python 3.7 or Node.js 20.12') }) },
    }),
  });
}
