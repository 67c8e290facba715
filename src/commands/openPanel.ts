import type { CommandContext } from './commandContext.js';

/**
 * Shows and focuses the panel.
 *
 * @param argument from a link in the editor: `{ "key": ... }` is the entry to reveal
 */
export function openPanel({ panel }: CommandContext, argument: unknown): void {
  const key = (argument as { readonly key?: unknown } | undefined)?.key;
  panel.show({ focus: true, ...(typeof key === 'number' ? { key } : {}) });
}
