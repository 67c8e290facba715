import { failureNotice, showMessage } from '../host/messages.js';
import type { CommandContext } from './commandContext.js';

/** Begins a new process, with the panel in sight when there was none. */
export async function restartSession({ sessions }: CommandContext): Promise<void> {
  await sessions.restart();
}

/** Interrupts the running command; one that does not react is told of, with what helps then. */
export async function interruptSession({ sessions, log }: CommandContext): Promise<void> {
  try {
    await sessions.interrupt();
  } catch (error) {
    log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}
