import path from 'node:path';
import * as v from 'valibot';

/** Where a session can run: what leads there, and how it runs there. */
export interface Machine {
  /** For users, such as 'node7'. */
  readonly name: string;
  /** The words in front of the interpreter, such as ['ssh', 'node7']. */
  readonly command: readonly string[];
  /** The Python or Node.js there; `python3` if absent. */
  readonly interpreter?: string;
  /** The folder there; the one that the command chooses if absent. */
  readonly folder?: string;
}

const LONGEST = 4096;
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST));

export const machine = v.object({
  name: text,
  command: v.pipe(v.array(text), v.minLength(1), v.maxLength(100), v.readonly()),
  interpreter: v.exactOptional(text),
  folder: v.exactOptional(text),
});

const withVariables = v.object({ ...machine.entries, env: v.exactOptional(v.record(v.string(), v.string())) });

/** A machine of the settings, which may have variables of its own. */
export type ConfiguredMachine = Machine & { readonly env?: Readonly<Record<string, string>> };

/** The evaluator of its sessions: the name of the interpreter says it. */
export function evaluatorOn({ interpreter = '' }: Pick<Machine, 'interpreter'>): 'python' | 'javascript' {
  return /^node(js)?[\d.]*$/.test(path.posix.basename(interpreter)) ? 'javascript' : 'python';
}

/** Those of the setting that are valid, and what is wrong with the others. */
export function readMachines(setting: readonly unknown[]): {
  readonly machines: readonly ConfiguredMachine[];
  readonly problems: readonly string[];
} {
  const machines: ConfiguredMachine[] = [];
  const problems: string[] = [];
  for (const [index, entry] of setting.entries()) {
    const { success, output, issues } = v.safeParse(withVariables, entry);
    if (success) machines.push(output);
    else problems.push(`${String(index)}: ${issues.map(problemOf).join('; ')}`);
  }
  return { machines, problems };
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim();
}
