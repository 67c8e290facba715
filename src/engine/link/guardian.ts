import { type Shell, startShell } from './childProcess.js';

/**
 * Lines `d ID DIRECTORY`, `g ID GROUP` and `x ID` say what to clean up and what no longer; at the end of the input, which
 * comes with this process's end, it is done. The signal is named by `-s`: dash takes `-KILL -- -1234` for nonsense. A directory is removed again while something that has not ended yet, or left its
 * group, puts files there.
 */
const SCRIPT = `
last=0
while read -r verb id value; do
  case $verb in
    d) eval "d_$id=\\$value"; last=$id ;;
    g) eval "g_$id=\\$value" ;;
    x) unset "d_$id" "g_$id" ;;
  esac
done
while [ "$last" -gt 0 ]; do
  eval "group=\\\${g_$last-} directory=\\\${d_$last-}"
  if [ -n "$group" ]; then kill -s KILL -- "-$group" 2>/dev/null; fi
  case $directory in */extsession-*)
    for pause in 0 0.1 0.5 1 2 4; do
      sleep $pause
      rm -rf -- "$directory" && break
    done ;;
  esac
  last=$((last - 1))
done
`;

/** What is to be cleaned up when this process dies, however it dies. */
export interface Ward {
  /** The process group to kill. */
  setGroup(id: number): void;
  /** It was cleaned up in the orderly way. Idempotent. */
  release(): void;
}

let shell: Shell | undefined;
let lastId = 0;
const wards = new Map<number, string>();

/** Has a directory named `extsession-…`, which need not exist yet and has no control characters in its path, removed when this process dies. Costs one waiting shell for all wards together. */
export function guard(directory: string): Ward {
  const id = ++lastId;
  const say = (line: string): void => {
    wards.set(id, (wards.get(id) ?? '') + line);
    guardian().write(line);
  };
  say(`d ${String(id)} ${directory}\n`);
  return {
    setGroup: (group) => {
      say(`g ${String(id)} ${String(group)}\n`);
    },
    release: () => {
      if (wards.delete(id)) guardian().write(`x ${String(id)}\n`);
    },
  };
}

/** The shell that waits; one that was killed is replaced, with all that it knew. */
function guardian(): Shell {
  if (shell) return shell;
  const started = (shell = startShell(SCRIPT));
  void started.exited.then(() => {
    shell = undefined;
    if (wards.size > 0) guardian();
  });
  const known = [...wards.values()].join('');
  if (known) started.write(known);
  return started;
}
