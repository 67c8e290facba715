import type { CommandContext } from '../commandContext.js';
import { chosenCell, type ChosenCode, chosenFile, chosenSelection, commandFor } from './chosenCode.js';

export async function debugCell(context: CommandContext, argument: unknown): Promise<void> {
  await debug(context, chosenCell(context, argument));
}

export async function debugSelection(context: CommandContext): Promise<void> {
  await debug(context, chosenSelection(context));
}

/** As one command of the session. */
export async function debugFile(context: CommandContext): Promise<void> {
  await debug(context, chosenFile());
}

async function debug(context: CommandContext, chosen: ChosenCode | undefined): Promise<void> {
  const command = chosen && commandFor(context, chosen);
  if (command) await context.debugging.debug(command);
}
