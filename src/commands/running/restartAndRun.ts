import type { CommandContext } from '../commandContext.js';
import { editorLineOf } from '../editorLine.js';
import { runAbove, runAll, runToHere } from './runCell.js';

/** Like `runAll`, but in a new process if a session has been started. */
export const restartAndRunAll = inNewProcess(runAll);

/** Like `runToHere`, but in a new process if a session has been started. */
export const restartAndRunToHere = inNewProcess(runToHere);

/** Like `runAbove`, but in a new process if a session has been started. */
export const restartAndRunAbove = inNewProcess(runAbove);

type Handler = (context: CommandContext, argument: unknown) => Promise<void>;

function inNewProcess(run: Handler): Handler {
  return async (context, argument) => {
    const place = editorLineOf(argument, context.cursors);
    if (!place) return;
    const { languageId, uri } = place.editor.document;
    const sessions = context.sessions.of(languageId, uri.toString());
    // The cells are queued for the new process immediately and do not wait for this promise.
    const restarted = sessions.status.state === 'none' ? undefined : sessions.restart();
    await Promise.all([restarted, run(context, argument)]);
  };
}
