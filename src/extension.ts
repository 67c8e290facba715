import * as vscode from 'vscode';
import type { ExtSessionExports } from './api.js';
import { Cursors } from './commands/cursors.js';
import { registerCommands } from './commands/registerCommands.js';
import { EditorFeatures } from './editor/editorFeatures.js';
import type { ExtResults } from './engine/extResults.js';
import { ExtSession } from './engine/extSession.js';
import { registerEvaluator } from './engine/evaluator.js';
import { builtInEvaluators } from './evaluators/builtIn.js';
import { followRunKeys, setContext } from './host/contextKeys.js';
import { ExtensionAccess } from './host/extensionAccess.js';
import { extensionExports } from './host/extensionApi.js';
import { Exports } from './export/exports.js';
import { FileRuns } from './host/sessions/fileRuns.js';
import { askInBox } from './host/inputBox.js';
import { followOrigin } from './host/sessions/followedOrigin.js';
import { findInterpreter, pythonAt } from './host/interpreters/interpreter.js';
import { offerRestart } from './host/sessions/launchChanges.js';
import { KeptSessions } from './host/sessions/keptSessions.js';
import { setting } from './host/settings.js';
import { createLog } from './host/log.js';
import { failureNotice, showMessage } from './host/messages.js';
import { OutputColumns } from './host/outputColumns.js';
import { openFrame, openOrigin } from './host/openSource.js';
import { findNode, nodeAt } from './host/interpreters/node.js';
import { CoalescedAction } from './host/sessions/coalescedAction.js';
import { loadTranslations } from './host/translations.js';
import { firstFolder, otherFolderOf, otherFolders } from './host/sessions/otherFolders.js';
import { SessionBook } from './host/sessions/sessionBook.js';
import { StatusBar } from './host/statusBar.js';
import { TypingHelp } from './host/typingHelp.js';
import { SessionsView } from './host/sessionsView/sessionsView.js';
import { tellOnceOfGoingOn } from './host/sessions/goingOn.js';
import { welcome } from './host/welcome.js';
import { SessionContexts } from './host/sessions/sessionContexts.js';
import { WindowSessions } from './host/sessions/windowSessions.js';
import { reloadedModules } from './host/interpreters/reloadedModules.js';
import { findStartup } from './host/interpreters/startup.js';
import { workingDirectory } from './host/interpreters/workingDirectory.js';
import { askForInput } from './panel/askForInput.js';
import { InputHistory } from './panel/inputHistory.js';
import { VariablesView } from './variables/variablesView.js';
import { PlotsView } from './plots/plotsView.js';
import { trackOrigins } from './panel/originTracking.js';
import type { PanelActions } from './panel/panelActions.js';
import { PanelModel } from './panel/model/panelModel.js';
import { registerPanel, SessionPanel } from './panel/sessionPanel.js';

/** How long sessions go on without a window. */
function keepAliveMs(): number {
  const days = setting('sessions.keepAliveDays');
  return { never: 0, untilClosed: 600_000, always: days > 0 ? days * DAY_MS : Infinity }[setting('sessions.keepAlive')];
}

const DAY_MS = 86_400_000;

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
  builtInEvaluators(vscode.Uri.joinPath(extensionUri, 'dist', 'evaluators').fsPath).forEach(registerEvaluator);
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
  const statusBar = new StatusBar();
  const kept = new KeptSessions(
    vscode.Uri.joinPath(globalStorageUri, 'sessions').fsPath,
    storageUri && { key: storageUri.fsPath, name: vscode.workspace.name ?? '' },
    log,
  );
  const sessionOptions: ConstructorParameters<typeof WindowSessions>[0] = {
    transcript: model,
    log,
    start: (options) => ExtSession.start({ ...options, keepLines: false }),
    attach: (reference, options) => ExtSession.attach(reference, { ...options, keepLines: false }),
    kept,
    keepAliveMs,
    keepRunningMs: () => (setting('sessions.keepAlive') === 'always' ? Infinity : undefined),
    savesTranscript: () => shownPanel.savesTranscript,
    workingDirectory: (uri) => workingDirectory(parse(uri)),
    book: new SessionBook(workspaceState, log),
    firstFolder,
    folders: otherFolders,
    folderOf: otherFolderOf,
    pathOf: (uri) => vscode.Uri.parse(uri, true).fsPath,
    columns: () => columns.current,
    followOrigin,
    ask: (request) => ask(request),
    isTrusted: () => vscode.workspace.isTrusted,
    report: (notice) => {
      model.notify(notice);
      const isElsewhere = notice.session !== undefined && notice.session !== sessions.current.id;
      if (!shownPanel.visible || isElsewhere) void showMessage(notice);
    },
    warn: (notice) => void showMessage(notice),
  };
  const evaluators: ConstructorParameters<typeof WindowSessions>[1] = [
    {
      evaluator: 'python',
      languageName: 'Python',
      languageIds: ['python'],
      findInterpreter: (uri) => findInterpreter(parse(uri), log),
      interpreterAt: (path, uri) => pythonAt(path, parse(uri), log),
      findStartup: (uri) => findStartup('python', parse(uri)),
      reloadedModules: () => reloadedModules('python'),
    },
    {
      evaluator: 'javascript',
      languageName: 'JavaScript',
      languageIds: ['javascript', 'typescript', 'javascriptreact', 'typescriptreact'],
      findInterpreter: (uri) => Promise.resolve(findNode(parse(uri))),
      interpreterAt: (path) => Promise.resolve(nodeAt(path)),
      findStartup: (uri) => findStartup('javascript', parse(uri)),
      reloadedModules: () => reloadedModules('javascript'),
    },
  ];
  const sessions = new WindowSessions(sessionOptions, evaluators);
  const files = new FileRuns(sessionOptions, evaluators, ({ languageId, uri }) => {
    const { id } = sessions.of(languageId, uri);
    sessions.select(id);
    return id;
  });
  const help = new TypingHelp((evaluator) => sessions.ofInput(evaluator).live(), log);
  const actions: PanelActions = {
    interrupt: () => run('extsession.interruptSession'),
    restart: () => run('extsession.restartSession'),
    showSession: (session) => {
      sessions.select(session);
    },
    clear: () => run('extsession.clearPanel'),
    showLog: () => run('extsession.showLog'),
    setColumns: (measured) => columns.measured(measured),
    toggleWordWrap: () => run('extsession.toggleWordWrap'),
    openOrigin: (origin) => attempt(openOrigin(origin)),
    openFrame: (file, line) => attempt(openFrame(file, line)),
    missCommand: (number) =>
      void vscode.window.showInformationMessage(vscode.l10n.t('Command {0} is not in the panel.', number)),
    runInput: (source, languageId, session) =>
      attempt(
        Promise.all([
          history.add(source, languageId),
          sessions.execute({ source, languageId, ...(session === undefined ? {} : { session }) }),
        ]),
      ),
    complete: (...args) => help.complete(...args),
    signature: (...args) => help.signature(...args),
    runAgain: (command) => attempt(sessions.execute(command)),
    vscodeCommand: (name, args) => run(name, ...args),
  };
  let resume: () => void = () => undefined;
  const shownPanel = new SessionPanel({
    extensionUri,
    storageUri,
    model,
    log,
    actions,
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
  const contexts = new SessionContexts(sessions);
  const tellStatus = (): void => {
    statusBar.show(sessions.status, sessions.current.process);
    contexts.tell();
  };
  const statusSoon = new CoalescedAction(tellStatus);
  sessions.onDidChangeSession(() => {
    statusSoon.ask();
  });
  sessions.onDidChangeStatus(() => {
    statusSoon.ask();
  });
  tellStatus();
  const editor = new EditorFeatures(sessions, (results) => model.keyOf(results));
  model.onDidRestore((commands) => {
    editor.restore(commands);
  });
  const variables = new VariablesView({
    session: () => sessions.current.live(),
    onDidChange: (listener) =>
      sessions.onDidChangeStatus(({ state }) => {
        if (state !== 'busy') listener();
      }),
    memory: workspaceState,
    tellShowsAll: (showsAll) => {
      setContext('extsession.showsAllVariables', showsAll);
    },
    log,
  });
  const plots = new PlotsView({ extensionUri, model, panel: shownPanel, memory: workspaceState, log });
  const exports = new Exports({
    model,
    showSession: (languageId, uri) => {
      const session = sessions.of(languageId, uri);
      sessions.select(session.id);
      return session;
    },
    showPanel: () => {
      shownPanel.show();
    },
    draw: (mime, data) =>
      shownPanel.drawings.draw(
        (change) => {
          shownPanel.show({ change });
        },
        mime,
        data,
      ),
  });
  const cursors = new Cursors();
  const access = new ExtensionAccess(globalState);
  subscriptions.push(
    log,
    model,
    statusBar,
    statusSoon,
    contexts,
    sessionsView,
    shownPanel,
    editor,
    variables,
    plots,
    cursors,
    sessions,
    files,
    registerPanel(shownPanel),
    registerCommands({
      sessions,
      files,
      kept,
      sessionsView,
      transcript: model,
      panel: shownPanel,
      cursors,
      editor,
      variables,
      plots,
      exports,
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

function run(vscodeCommand: string, ...args: readonly unknown[]): void {
  void vscode.commands.executeCommand(vscodeCommand, ...args);
}

function attempt(done: Promise<unknown>): void {
  done.catch((error: unknown) => showMessage(failureNotice(error)));
}

function parse(uri: string | undefined): vscode.Uri | undefined {
  return uri === undefined ? undefined : vscode.Uri.parse(uri, true);
}
