import { type Shell, startShell } from './childProcess.js';
import { GUARDIAN_SCRIPT } from './guardianScript.js';
import type { ProcessGroup } from './processGroup.js';

/**
 * In tenths of a second after the end of this process: when a worker that is still busy is interrupted, and when it is
 * killed.
 */
const INTERRUPT_AT = 3;
const KILL_AT = 50;

/** What is cleaned up when this process dies in any way. */
export interface Ward {
  /** The process group to end; forgotten automatically when it is gone. */
  setGroup(group: ProcessGroup): void;
  /** It was cleaned up normally. Idempotent. */
  release(): void;
}

/** The program of a guardian, for somebody else who starts one. */
export function guardianArguments(): string[] {
  return ['/bin/sh', '-c', GUARDIAN_SCRIPT, 'extsession-guardian', String(INTERRUPT_AT), String(KILL_AT)];
}

let shell: Shell | undefined;
let lastId = 0;
const wards = new Map<number, { readonly directory: string; group: string }>();

/**
 * Registers a directory named `extsession-…` that is removed when this process dies. It need not exist yet, and its
 * path must not contain control characters. All wards share one waiting shell.
 */
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

/** The waiting shell. If it was killed, it is replaced, and the new one receives all entries. */
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
