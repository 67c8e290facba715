import * as vscode from 'vscode';
import { within } from '../../engine/deadline.js';
import { setting } from '../../host/settings.js';
import { languageIds, languageOf } from '../languages.js';
import { fenced } from '../../text/fenced.js';
import { codeAround } from './liveCode.js';
import type { LiveSessions } from './liveSessions.js';

const PATIENCE_MS = 300;

/** Shows the current value in the session of the name under the pointer. */
export class ValueHover implements vscode.HoverProvider {
  readonly #sessions: LiveSessions;

  constructor(sessions: LiveSessions) {
    this.#sessions = sessions;
  }

  static register(sessions: LiveSessions): vscode.Disposable {
    return vscode.languages.registerHoverProvider([...languageIds], new ValueHover(sessions));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const word = document.getWordRangeAtPosition(position);
    const asked = setting('editor.hoverValues', document.uri) && word ? codeAround(document, position) : undefined;
    if (!asked || languageOf(document.languageId)?.isLocalName(document.getText(), position)) return undefined;
    const session = this.#sessions.live(document.languageId, document.uri.toString());
    const answer = session.then((live) => live?.inspect(asked.code, asked.offset)).catch(() => undefined);
    const found = await within(PATIENCE_MS, answer);
    const [description] = typeof found?.['text/plain'] === 'string' ? found['text/plain'].split('\n\n', 1) : [];
    return description ? new vscode.Hover(markdown(description, document.languageId), word) : undefined;
  }
}

function markdown(description: string, languageId: string): vscode.MarkdownString {
  return new vscode.MarkdownString(`${fenced(description, languageId)}\n${vscode.l10n.t('Value in the session')}`);
}
