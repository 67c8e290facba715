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

async function profile(context: CommandContext, chosen: ChosenCode | undefined): Promise<void> {
  const command = chosen && commandFor(context, chosen);
  if (!command) return;
  const { sessions, profiles, log } = context;
  try {
    const results = await sessions.execute(command, { profile: true });
    if (results) await profiles.open(results, path.basename(chosen.document.uri.path));
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}
