import type { CommandContext } from './commandContext.js';

/**
 * Shows the panel and gives it the focus.
 *
 * @param argument from a link in the editor: `{ "key": ... }` names the entry to go to
 */
export function openPanel({ panel }: CommandContext, argument: unknown): void {
  const key = (argument as { readonly key?: unknown } | undefined)?.key;
  panel.show({ focus: true, ...(typeof key === 'number' ? { key } : {}) });
}
