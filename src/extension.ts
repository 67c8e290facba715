import * as vscode from 'vscode';
import type { ExtSessionExports } from './api.js';
import { Cursors } from './commands/cursors.js';
import { registerCommands } from './commands/registerCommands.js';
import type { ExtResults } from './engine/extResults.js';
import { registerEvaluator } from './engine/evaluator.js';
import { builtInEvaluators } from './evaluators/builtIn.js';
import { compilerOfVsCode } from './host/interpreters/compiler.js';
import { followRunKeys, setContext } from './host/contextKeys.js';
import { ExtensionAccess } from './host/extensionAccess.js';
import { extensionExports } from './host/extensionApi.js';
import type { FileRuns } from './host/sessions/fileRuns.js';
import { offerRestart } from './host/sessions/launch/launchChanges.js';
import { tellModulesHere } from './host/machines/modulesHere.js';
import { LaterStops } from './host/sessions/kept/laterStops.js';
import { ExtSession } from './engine/extSession.js';
import { registerEndOfInput } from './host/askInBox.js';
import { createLog } from './host/log.js';
import { loadTranslations } from './host/translations.js';
import { SessionsView } from './host/sessionsView/sessionsView.js';
import { tellOnceOfGoingOn } from './host/sessions/goingOn.js';
import type { WindowSessions } from './host/sessions/windowSessions.js';
import { trackOrigins } from './panel/originTracking.js';
import { PanelModel } from './panel/model/panelModel.js';
import { registerPanel, type SessionPanel } from './panel/sessionPanel.js';
import { Profiles } from './profiling/profiles.js';
import { composeEditor } from './window/composeEditor.js';
import { composePanel } from './window/composePanel.js';
import { composeSessions } from './window/composeSessions.js';
import { StatusViews } from './window/statusViews.js';
import { Views } from './window/views.js';

let active: { readonly panel: SessionPanel; readonly sessions: WindowSessions; readonly files: FileRuns } | undefined;

/** Composes the extension. */
export function activate(context: vscode.ExtensionContext): ExtSessionExports {
  const { extensionUri, globalState, globalStorageUri, subscriptions, workspaceState } = context;
  loadTranslations();
  const log = createLog();
  const folder = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  builtInEvaluators(folder, compilerOfVsCode()).forEach(registerEvaluator);
  /** Results that other extensions have received, which may still read them. */
  const lent = new WeakSet<ExtResults>();
  const model = new PanelModel({
    log,
    letGo: (results) => {
      if (!lent.has(results)) results.dispose();
    },
  });
  const composed = composeSessions(context, model, log, () => ({ panel, sessions, ask, debugging }));
  const { sessions, files, kept, machines, farFiles } = composed;
  const { panel, ask, resume } = composePanel(context, model, log, composed);
  active = { panel, sessions, files };
  const sessionsView = new SessionsView(sessions, kept);
  const laterStops = new LaterStops({
    kept,
    attach: (reference) => ExtSession.attach(reference, { logger: log }), // nobody is asked for a password for that
    isTrusted: () => vscode.workspace.isTrusted,
    log,
  });
  const { editor, debugging } = composeEditor(sessions, model, log);
  const views = new Views({ extensionUri, sessions, model, panel, memory: workspaceState, log });
  const profiles = new Profiles(vscode.Uri.joinPath(globalStorageUri, 'profiles'));
  const cursors = new Cursors();
  const access = new ExtensionAccess(globalState);
  subscriptions.push(
    log,
    model,
    machines,
    farFiles,
    new StatusViews(sessions),
    sessionsView,
    laterStops,
    panel,
    editor,
    views,
    debugging,
    profiles,
    cursors,
    sessions,
    files,
    registerPanel(panel),
    registerEndOfInput(),
    registerCommands({
      sessions,
      files,
      kept,
      transcript: model,
      panel,
      cursors,
      editor,
      variables: views.variables,
      plots: views.plots,
      exports: views.exports,
      grids: views.grids,
      machines,
      farFiles,
      debugging,
      profiles,
      savedSessions: views.savedSessions,
      access,
      log,
      memory: workspaceState,
    }),
    trackOrigins(model),
    followRunKeys(),
    offerRestart(() => sessions.all, log),
    tellModulesHere({
      sessions,
      notify: (notice) => {
        model.notify(notice);
      },
      log,
    }),
    vscode.window.onDidChangeActiveTextEditor((active) => {
      if (active) sessions.lookAt(active.document.languageId, active.document.uri.toString());
    }),
  );
  subscriptions.push(tellOnceOfGoingOn(sessions, globalState));
  resume();
  setContext('extsession.isActive', true);
  return extensionExports(sessions, access, (results) => lent.add(results));
}

/**
 * Saves what the panel shows for the next window, and ends the sessions in order. VS Code waits a few seconds for this;
 * a session that needs longer ends by itself after this process is gone.
 */
export async function deactivate(): Promise<void> {
  if (!active) return;
  const { panel, sessions, files } = active;
  const saved = panel.save(); // before sessions that go on are let go of: what is saved does not come again
  await Promise.all([sessions.leave(saved), files.end()]);
  await panel.save(); // includes what the sessions wrote at their end
}
