import * as path from 'node:path';
import { failureNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { chosenCell, type ChosenCode, chosenFile, chosenSelection, commandFor } from './chosenCode.js';

export async function profileCell(context: CommandContext, argument: unknown): Promise<void> {
  await profile(context, chosenCell(context, argument));
}

export async function profileSelection(context: CommandContext): Promise<void> {
  await profile(context, chosenSelection(context));
}

/** As one command of the session. */
export async function profileFile(context: CommandContext): Promise<void> {
  await profile(context, chosenFile());
}

/** The lines that allocate memory, as output of a Python command; for others, the functions in a profile. */
export async function profileMemory(context: CommandContext, argument: unknown): Promise<void> {
  const chosen = chosenCell(context, argument);
  const command = chosen && commandFor(context, chosen);
  if (!command) return;
  await run(context, async () => {
    const results = await context.sessions.execute(command, { profile: 'memory' });
    if (results && command.languageId !== 'python')
      await context.profiles.openMemory(results, path.basename(chosen.document.uri.path));
  });
}

async function profile(context: CommandContext, chosen: ChosenCode | undefined): Promise<void> {
  const command = chosen && commandFor(context, chosen);
  if (!command) return;
  await run(context, async () => {
    const results = await context.sessions.execute(command, { profile: true });
    if (results) await context.profiles.open(results, path.basename(chosen.document.uri.path));
  });
}

async function run({ log }: CommandContext, body: () => Promise<unknown>): Promise<void> {
  try {
    await body();
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}
