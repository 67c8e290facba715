import type { CommandAction } from '../protocol/commandAction.js';
import type { CommandContext } from './commandContext.js';

/** A handler for the command whose context menu was opened: VS Code passes the context that the page set. */
export function onEntry(action: CommandAction) {
  return ({ panel }: CommandContext, argument: unknown): void => {
    const key = entryKey(argument);
    if (key !== undefined) panel.commands[action](key);
  };
}

/** Opens the frames of the command's error in VS Code's debugger, or of the last error. */
export async function debugError({ debugging }: CommandContext, argument: unknown): Promise<void> {
  await debugging.debugError(entryKey(argument));
}

/** The key of the entry that a menu or a link was about. */
export function entryKey(argument: unknown): number | undefined {
  const key = (argument as { readonly key?: unknown } | null | undefined)?.key;
  return typeof key === 'number' ? key : undefined;
}
