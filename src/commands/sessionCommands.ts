import { failureNotice, showMessage } from '../host/messages.js';
import type { CommandContext } from './commandContext.js';

/** Starts a new process, and shows the panel if there was none. */
export async function restartSession({ sessions }: CommandContext): Promise<void> {
  await sessions.restart();
}

/** Interrupts the running command. If it does not respond, a message offers what helps. */
export async function interruptSession({ sessions, log }: CommandContext): Promise<void> {
  try {
    await sessions.interrupt();
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}
