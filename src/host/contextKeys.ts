import * as vscode from 'vscode';
import { onDidChangeSetting, setting } from './settings.js';
import { ownsShiftEnter } from './shiftEnter.js';
import type { SessionStatus } from './sessions/sessionStatus.js';

/** The context keys for `when` clauses, also of other extensions. */
interface ContextKeys {
  /** The extension has been activated: the other keys have their values. */
  readonly 'extsession.isActive': true;
  /** Whether the workspace is trusted. VS Code sets its own key only when all editors have been restored. */
  readonly 'extsession.isTrusted': boolean;
  readonly 'extsession.sessionState': SessionStatus['state'];
  /** The language of the session in the status bar, such as 'python'. */
  readonly 'extsession.sessionLanguage': SessionStatus['evaluator'];
  /** Whether the user has created that session, so that it can be removed. */
  readonly 'extsession.sessionIsCreated': boolean;
  /** Whether any session has a process. */
  readonly 'extsession.hasSessions': boolean;
  /** Whether the user has chosen a session for the file in the active editor. */
  readonly 'extsession.fileIsAttached': boolean;
  /** Whether the file in the active editor has cells. */
  readonly 'extsession.hasCells': boolean;
  /** Whether the Plots view has plots. */
  readonly 'extsession.hasPlots': boolean;
  readonly 'extsession.ownsShiftEnter': boolean;
  /** Whether the active editor shows inline results. */
  readonly 'extsession.hasInlineResults': boolean;
  /** Whether editors show how long lines have run. */
  readonly 'extsession.hasLineTimes': boolean;
  /** Whether `input()` asks in a box at the top of the window. */
  readonly 'extsession.asksInBox': boolean;
  /** Whether the panel is a view and not a tab. */
  readonly 'extsession.hasView': boolean;
}

const told = new Map<keyof ContextKeys, ContextKeys[keyof ContextKeys]>();

/** Only reports changes, because VS Code updates its menus for each call. */
export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  if (told.get(key) === value) return;
  told.set(key, value);
  vscode.commands.executeCommand('setContext', key, value).then(undefined, () => undefined); // the window is gone
}

/** Sets the keys of the current session. */
export function setSessionContext({ state, evaluator }: SessionStatus): void {
  setContext('extsession.sessionState', state);
  setContext('extsession.sessionLanguage', evaluator);
}

/** Updates the keys that decide what runs code: whether the workspace is trusted, and whose Shift+Enter is. */
export function followRunKeys(): vscode.Disposable {
  setOwnsShiftEnter();
  setContext('extsession.isTrusted', vscode.workspace.isTrusted);
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(() => setContext('extsession.isTrusted', true)),
    vscode.extensions.onDidChange(setOwnsShiftEnter),
    onDidChangeSetting('keys.shiftEnter', setOwnsShiftEnter),
  );
}

/** Whether Shift+Enter is ours now. */
export function isShiftEnterOurs(): boolean {
  const isInstalled = (id: string) => vscode.extensions.getExtension(id) !== undefined;
  return ownsShiftEnter(setting('keys.shiftEnter'), isInstalled);
}

function setOwnsShiftEnter(): void {
  setContext('extsession.ownsShiftEnter', isShiftEnterOurs());
}
