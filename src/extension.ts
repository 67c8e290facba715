import * as vscode from 'vscode';
import type { ExtSessionExports } from './api.js';
import { Cursors } from './commands/cursors.js';
import { registerCommands } from './commands/registerCommands.js';
import { Debugging } from './debug/debugging.js';
import { EditorFeatures } from './editor/editorFeatures.js';
import type { ExtResults } from './engine/extResults.js';
import { registerEvaluator } from './engine/evaluator.js';
import { builtInEvaluators } from './evaluators/builtIn.js';
import { compilerOfVsCode } from './host/interpreters/compiler.js';
import { followRunKeys, setContext } from './host/contextKeys.js';
import { ExtensionAccess } from './host/extensionAccess.js';
import { extensionExports } from './host/extensionApi.js';
import { FileRuns } from './host/sessions/fileRuns.js';
import { askInBox } from './host/askInBox.js';
import { offerRestart } from './host/sessions/launch/launchChanges.js';
import { KeptSessions } from './host/sessions/kept/keptSessions.js';
import { LaterStops } from './host/sessions/kept/laterStops.js';
import { ExtSession } from './engine/extSession.js';
import { createLog } from './host/log.js';
import { OutputColumns } from './host/outputColumns.js';
import { loadTranslations } from './host/translations.js';
import { askForSsh } from './host/machines/askForSsh.js';
import { AskPass } from './host/machines/askPass.js';
import { TypingHelp } from './host/typingHelp.js';
import { SessionsView } from './host/sessionsView/sessionsView.js';
import { tellOnceOfGoingOn } from './host/sessions/goingOn.js';
import { welcome } from './host/welcome.js';
import { WindowSessions } from './host/sessions/windowSessions.js';
import { askForInput } from './panel/askForInput.js';
import { InputHistory } from './panel/inputHistory.js';
import { trackOrigins } from './panel/originTracking.js';
import { PanelModel } from './panel/model/panelModel.js';
import { registerPanel, SessionPanel } from './panel/sessionPanel.js';
import { Profiles } from './profiling/profiles.js';
import { windowEvaluators } from './window/evaluators.js';
import { panelActions } from './window/panelActions.js';
import { sessionOptions } from './window/sessionOptions.js';
import { StatusViews } from './window/statusViews.js';
import { Views } from './window/views.js';

let active: { readonly panel: SessionPanel; readonly sessions: WindowSessions; readonly files: FileRuns } | undefined;

/** Composes the extension. */
export function activate({
  extensionUri,
  globalState,
  globalStorageUri,
  storageUri,
  subscriptions,
  workspaceState,
}: vscode.ExtensionContext): ExtSessionExports {
  loadTranslations();
  const log = createLog();
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'evaluators').fsPath;
  builtInEvaluators(folder, compilerOfVsCode()).forEach(registerEvaluator);
  /** Results that other extensions have received, which may still read them. */
  const lent = new WeakSet<ExtResults>();
  const model = new PanelModel({
    log,
    letGo: (results) => {
      if (!lent.has(results)) results.dispose();
    },
  });
  const history = new InputHistory(workspaceState);
  const columns = new OutputColumns(workspaceState);
  const kept = new KeptSessions(
    vscode.Uri.joinPath(globalStorageUri, 'sessions').fsPath,
    storageUri && { key: storageUri.fsPath, name: vscode.workspace.name ?? '' },
    log,
  );
  const machines = new AskPass(askForSsh, log);
  const options = sessionOptions({
    transcript: model,
    kept,
    log,
    machines,
    columns,
    memory: workspaceState,
    later: () => ({ panel: shownPanel, sessions, ask, debugging }),
  });
  const evaluators = windowEvaluators(log);
  const sessions = new WindowSessions(options, evaluators);
  const files = new FileRuns(options, evaluators, ({ languageId, uri }) => {
    const { id } = sessions.of(languageId, uri);
    sessions.select(id);
    return id;
  });
  const help = new TypingHelp((evaluator) => sessions.ofInput(evaluator).connected(), log);
  let resume: () => void = () => undefined;
  const shownPanel = new SessionPanel({
    extensionUri,
    storageUri,
    model,
    log,
    actions: panelActions({ sessions, history, columns, help }),
    welcome: welcome(),
    history,
    onDidSave: (results) => {
      sessions.acknowledge(results);
    },
    resumed: new Promise((resolve) => (resume = resolve)),
  });
  const ask = askForInput({ model, panel: shownPanel, elsewhere: askInBox });
  active = { panel: shownPanel, sessions, files };
  const sessionsView = new SessionsView(sessions, kept);
  const laterStops = new LaterStops({
    kept,
    attach: (reference) => ExtSession.attach(reference, { logger: log }), // nobody is asked for a password for that
    isTrusted: () => vscode.workspace.isTrusted,
    log,
  });
  const editor = new EditorFeatures(sessions, (results) => model.keyOf(results));
  model.onDidRestore((commands) => {
    editor.restore(commands);
  });
  const views = new Views({ extensionUri, sessions, model, panel: shownPanel, memory: workspaceState, log });
  const debugging = new Debugging({
    sessions,
    keyOf: (results) => model.keyOf(results),
    onDidPause: (results, at) => {
      model.pause(results, at);
      editor.pause(results, at !== undefined);
    },
    log,
  });
  const cursors = new Cursors();
  const access = new ExtensionAccess(globalState);
  subscriptions.push(
    log,
    model,
    machines,
    new StatusViews(sessions),
    sessionsView,
    laterStops,
    shownPanel,
    editor,
    views,
    debugging,
    cursors,
    sessions,
    files,
    registerPanel(shownPanel),
    registerCommands({
      sessions,
      files,
      kept,
      transcript: model,
      panel: shownPanel,
      cursors,
      editor,
      variables: views.variables,
      plots: views.plots,
      exports: views.exports,
      grids: views.grids,
      machines,
      debugging,
      profiles: new Profiles(vscode.Uri.joinPath(globalStorageUri, 'profiles')),
      savedSessions: views.savedSessions,
      access,
      log,
      memory: workspaceState,
    }),
    trackOrigins(model),
    followRunKeys(),
    offerRestart(() => sessions.all, log),
    vscode.window.onDidChangeActiveTextEditor((active) => {
      if (active) sessions.lookAt(active.document.languageId, active.document.uri.toString());
    }),
  );
  subscriptions.push(tellOnceOfGoingOn(sessions, globalState));
  void sessions.resume().finally(resume);
  setContext('extsession.isActive', true);
  return extensionExports(sessions, access, (results) => lent.add(results));
}

/**
 * Saves what the panel shows for the next window, and ends the sessions in order. VS Code waits a few seconds for this; a
 * session that needs longer ends by itself after this process is gone.
 */
export async function deactivate(): Promise<void> {
  if (!active) return;
  const { panel, sessions, files } = active;
  const saved = panel.save(); // before sessions that go on are let go of: what is saved does not come again
  await Promise.all([sessions.leave(saved), files.end()]);
  await panel.save(); // includes what the sessions wrote at their end
}
