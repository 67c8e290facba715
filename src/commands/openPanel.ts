import type { CommandContext } from './commandContext.js';
import { entryKey } from './entryCommands.js';

/**
 * Shows and focuses the panel.
 *
 * @param argument from a link in the editor: `{ "key": ... }` is the entry to reveal
 */
export function openPanel({ panel }: CommandContext, argument: unknown): void {
  const key = entryKey(argument);
  panel.show({ focus: true, ...(key === undefined ? {} : { key }) });
}
