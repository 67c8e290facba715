import * as vscode from 'vscode';
import { onDidChangeSetting, setting } from './settings.js';
import { ownsShiftEnter } from './shiftEnter.js';
import type { SessionStatus } from './sessions/sessionStatus.js';

/** What `when` clauses, ours and other people's, can ask about. */
interface ContextKeys {
  readonly 'extsession.sessionState': SessionStatus['state'];
  /** The language of the session that the status bar speaks of, such as 'python'. */
  readonly 'extsession.sessionLanguage': SessionStatus['evaluator'];
  /** The active editor's file has cells. */
  readonly 'extsession.hasCells': boolean;
  readonly 'extsession.ownsShiftEnter': boolean;
  /** Results stand at the ends of lines of the active editor. */
  readonly 'extsession.hasInlineResults': boolean;
  /** The panel is a view now, and no tab. */
  readonly 'extsession.hasView': boolean;
}

const told = new Map<keyof ContextKeys, ContextKeys[keyof ContextKeys]>();

/** VS Code looks at its menus again for each: what is so already is not told. */
export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  if (told.get(key) === value) return;
  told.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Tells of the session that the person works with. */
export function setSessionContext({ state, evaluator }: SessionStatus): void {
  setContext('extsession.sessionState', state);
  setContext('extsession.sessionLanguage', evaluator);
}

/** Keeps up who owns Shift+Enter. */
export function followShiftEnter(): vscode.Disposable {
  setOwnsShiftEnter();
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(setOwnsShiftEnter),
    onDidChangeSetting('keys.shiftEnter', setOwnsShiftEnter),
  );
}

function setOwnsShiftEnter(): void {
  const isInstalled = (id: string) => vscode.extensions.getExtension(id) !== undefined;
  setContext('extsession.ownsShiftEnter', ownsShiftEnter(setting('keys.shiftEnter'), isInstalled));
}
