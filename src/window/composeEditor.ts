import type { Logger } from '../engine/logger.js';
import { Debugging } from '../debug/debugging.js';
import { EditorFeatures } from '../editor/editorFeatures.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { PanelModel } from '../panel/model/panelModel.js';

export interface ComposedEditor {
  readonly editor: EditorFeatures;
  readonly debugging: Debugging;
}

/** What editors show of the commands of the panel, and the debugger of their code. */
export function composeEditor(sessions: WindowSessions, model: PanelModel, log: Logger): ComposedEditor {
  const keyOf = (results: object): number | undefined => model.keyOf(results);
  const editor = new EditorFeatures(sessions, keyOf);
  model.onDidRestore((commands) => {
    editor.restore(commands);
  });
  const debugging = new Debugging({
    sessions,
    keyOf,
    onDidPause: (results, at) => {
      model.pause(results, at);
      editor.pause(results, at !== undefined);
      for (const session of sessions.all) session.pause(results, at !== undefined);
    },
    log,
  });
  return { editor, debugging };
}
