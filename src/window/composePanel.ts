import type * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import type { OnInput } from '../engine/worker/standardInput.js';
import { askInBox } from '../host/askInBox.js';
import { TypingHelp } from '../host/typingHelp.js';
import { welcome } from '../host/welcome.js';
import { askForInput } from '../panel/askForInput.js';
import { InputHistory } from '../panel/inputHistory.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import { SessionPanel } from '../panel/sessionPanel.js';
import type { ComposedSessions } from './composeSessions.js';
import { panelActions } from './panelActions.js';

export interface ComposedPanel {
  readonly panel: SessionPanel;
  /** Asks for what a command reads from its standard input. */
  readonly ask: OnInput;
  /** Takes up the sessions of the window before this one; the panel shows its transcript then. */
  readonly resume: () => void;
}

type Context = Pick<vscode.ExtensionContext, 'extensionUri' | 'storageUri' | 'workspaceState'>;

/** The panel, and what it asks of the sessions. */
export function composePanel(
  { extensionUri, storageUri, workspaceState }: Context,
  model: PanelModel,
  log: Logger,
  { sessions, columns, farFiles }: ComposedSessions,
): ComposedPanel {
  const history = new InputHistory(workspaceState);
  const help = new TypingHelp((evaluator) => sessions.ofInput(evaluator).connected(), log);
  let tellResumed: () => void = () => undefined;
  const panel = new SessionPanel({
    extensionUri,
    storageUri,
    model,
    log,
    actions: panelActions({ sessions, history, columns, help, farFiles }),
    askSession: (session, request, signal) => sessions.find(session)?.live()?.data(request, signal),
    welcome: welcome(),
    history,
    onDidSave: (results) => {
      sessions.acknowledge(results);
    },
    resumed: new Promise((resolve) => (tellResumed = resolve)),
  });
  return {
    panel,
    ask: askForInput({ model, panel, elsewhere: askInBox }),
    resume: () => {
      void sessions.resume().finally(tellResumed);
    },
  };
}
