import { type Shell, startShell } from './childProcess.js';
import { GUARDIAN_SCRIPT } from './guardianScript.js';
import type { ProcessGroup } from './processGroup.js';

/** In tenths of a second from this process's end: when a worker that is still busy is interrupted, and when it is killed. */
const INTERRUPT_AT = 3;
const KILL_AT = 50;

/** What is to be cleaned up when this process dies, however it dies. */
export interface Ward {
  /** The process group that is ended then; forgotten by itself when it is gone. */
  setGroup(group: ProcessGroup): void;
  /** It was cleaned up in the orderly way. Idempotent. */
  release(): void;
}

let shell: Shell | undefined;
let lastId = 0;
const wards = new Map<number, { readonly directory: string; group: string }>();

/** Has a directory named `extsession-…`, which need not exist yet and has no control characters in its path, removed when this process dies. Costs one waiting shell for all wards together. */
export function guard(directory: string): Ward {
  const id = ++lastId;
  const ward = { directory: `d ${String(id)} ${directory}\n`, group: '' };
  wards.set(id, ward);
  guardian().write(ward.directory);
  return {
    setGroup: (group) => {
      const tell = (): void => {
        if (!wards.has(id)) return;
        ward.group = `g ${String(id)} ${describe(group)}\n`;
        guardian().write(ward.group);
      };
      group.onDidChangeState(tell);
      tell();
    },
    release: () => {
      if (wards.delete(id)) guardian().write(`x ${String(id)}\n`);
    },
  };
}

function describe({ id, state, startTime = '' }: ProcessGroup): string {
  if (state === 'gone') return '';
  return `${String(id)} ${state === 'left' ? 'gone' : startTime}`;
}

/** The shell that waits; one that was killed is replaced, with all that it knew. */
function guardian(): Shell {
  if (shell) return shell;
  const started = (shell = startShell(GUARDIAN_SCRIPT, String(INTERRUPT_AT), String(KILL_AT)));
  void started.exited.then(() => {
    shell = undefined;
    if (wards.size > 0) guardian();
  });
  const known = [...wards.values()].map(({ directory, group }) => directory + group).join('');
  if (known) started.write(known);
  return started;
}
