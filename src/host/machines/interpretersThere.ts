import * as v from 'valibot';
import { extexec } from '../../engine/freshProcess.js';
import type { ExtSessionOptions } from '../../engine/sessionOptions.js';
import type { Machine } from './machine.js';

/** What was found on a machine. */
export interface FoundThere {
  /** The version of the Python that looked. */
  readonly version: string;
  readonly home: string;
  readonly interpreters: readonly string[];
}

const LONGEST = 1 << 16;
const name = v.pipe(v.string(), v.maxLength(1000));
const found = v.object({ version: name, home: name, interpreters: v.pipe(v.array(name), v.maxLength(200)) });

/** Where environments usually are, below the home folder and the session's own. */
const SOURCE = `
import glob, json, os, platform, shutil
home = os.path.expanduser("~")
tops = ["miniconda3", "anaconda3", "miniforge3", "mambaforge", "/opt/conda", "/opt/miniconda3"]
patterns = [p for top in tops for p in (top + "/bin/python", top + "/envs/*/bin/python")]
patterns += [".conda/envs/*/bin/python", ".pyenv/versions/*/bin/python", ".virtualenvs/*/bin/python"]
patterns += [".venv/bin/python", "venv/bin/python", "*/.venv/bin/python", "*/venv/bin/python", "/opt/*/bin/python"]
folders = dict.fromkeys([home, os.getcwd()])
names = [n for p in patterns for f in folders for n in sorted(glob.glob(os.path.join(f, p)))]
names += filter(None, map(shutil.which, ["python3", "python"]))
names = [n for n in dict.fromkeys(names) if os.access(n, os.X_OK)]
print(json.dumps({"version": platform.python_version(), "home": home, "interpreters": names[:200]}))
`;

/**
 * Connects to a machine, and looks for interpreters there.
 * @throws the errors of `extexec`.
 */
export async function interpretersThere(
  { command, folder }: Machine,
  options: Pick<ExtSessionOptions, 'prefixEnv' | 'signal' | 'logger'>,
): Promise<FoundThere> {
  const { stdout } = await extexec(SOURCE, {
    ...options,
    commandPrefix: command,
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  return v.parse(found, JSON.parse(stdout.slice(0, LONGEST)));
}
