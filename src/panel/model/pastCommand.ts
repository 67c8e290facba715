import type { Output } from '../../protocol/output.js';
import type { CommandEntry } from '../../protocol/panelEntries.js';
import { OutputParts } from './outputParts.js';
import { MOST_FORM_DATA } from './savedTranscript.js';

/** A command of which nothing but its source and its output is known, as of a notebook. */
export interface PastCommand extends Pick<CommandEntry, 'source' | 'languageId' | 'evaluator' | 'session' | 'origin'> {
  readonly number: number;
  readonly outputs: readonly Output[];
}

const LONGEST_SOURCE = 50_000;

/** It has failed if its last output is an error. */
export function pastCommand(key: number, { outputs, source, ...command }: PastCommand): CommandEntry {
  const parts = new OutputParts(({ line }) => line);
  for (const output of outputs) parts.receive(output);
  const shown = source.slice(0, LONGEST_SOURCE);
  return {
    ...command,
    key,
    type: 'command',
    source: shown,
    sourceOmitted: source.length - shown.length,
    status: { open: false, state: { kind: outputs.at(-1)?.type === 'error' ? 'failed' : 'done' } },
    parts: parts.all(10 * MOST_FORM_DATA),
  };
}
