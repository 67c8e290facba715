import * as v from 'valibot';
import * as vscode from 'vscode';
import { languageIds, languageOf } from '../editor/languages.js';
import { within } from '../engine/deadline.js';
import { setting } from '../host/settings.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import { isTableAtSight } from './isTable.js';

const PATIENCE_MS = 300;
const VIEW = 'extsession.viewData';

type Sessions = Pick<WindowSessions, 'live' | 'of'>;

const namedTableSchema = v.object({ type: v.literal('named'), name: v.string(), session: v.string() });
/** A name in an editor, and the id of the session that it is a table in. */
type NamedTable = v.InferOutput<typeof namedTableSchema>;

/** What the action hands to its command; undefined for other arguments. */
export function namedTable(argument: unknown): NamedTable | undefined {
  const table = v.safeParse(namedTableSchema, argument);
  return table.success ? table.output : undefined;
}

/** Offers to view a table: one whose name is at the cursor, by the light bulb, or under the pointer, by a link. */
export class ViewDataAction implements vscode.CodeActionProvider, vscode.HoverProvider {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  static register(sessions: Sessions): vscode.Disposable {
    const offers = new ViewDataAction(sessions);
    return vscode.Disposable.from(
      vscode.languages.registerHoverProvider([...languageIds], offers),
      vscode.languages.registerCodeActionsProvider([...languageIds], offers, {
        providedCodeActionKinds: [vscode.CodeActionKind.Empty],
      }),
    );
  }

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const table = await this.#tableAt(document, range);
    if (!table) return [];
    const title = vscode.l10n.t("View data of '{0}'", table.name);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.Empty);
    action.command = { command: VIEW, title, arguments: [table] };
    return [action];
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!setting('editor.hoverValues', document.uri)) return undefined;
    const table = await this.#tableAt(document, new vscode.Range(position, position));
    if (!table) return undefined;
    // It may run a command, so it holds nothing of the session but the name, which the editor shows, too.
    const link = `command:${VIEW}?${encodeURIComponent(JSON.stringify([table]))}`;
    const words = new vscode.MarkdownString(`[${vscode.l10n.t('View Data')}](${link})`);
    words.isTrusted = { enabledCommands: [VIEW] };
    return new vscode.Hover(words, document.getWordRangeAtPosition(position));
  }

  async #tableAt(document: vscode.TextDocument, range: vscode.Range): Promise<NamedTable | undefined> {
    const name = nameAt(document, range);
    const { languageId, uri } = document;
    if (name === undefined) return undefined;
    const session = this.#sessions.live(languageId, uri.toString());
    const answer = await within(
      PATIENCE_MS,
      session.then((live) => live?.inspect(name, 1)).catch(() => undefined),
    );
    if (!isTableIn(answer?.['text/plain'])) return undefined;
    return { type: 'named', name, session: this.#sessions.of(languageId, uri.toString()).id };
  }
}

/** The name of a variable that the range is in; undefined for attributes and names of functions' own. */
function nameAt(document: vscode.TextDocument, range: vscode.Range): string | undefined {
  const word = document.getWordRangeAtPosition(range.start);
  if (!word?.contains(range.end)) return undefined;
  const before = document.lineAt(word.start.line).text.slice(0, word.start.character);
  if (/\.\s*$/.test(before) || languageOf(document.languageId)?.isLocalName(document.getText(), range.start))
    return undefined;
  return document.getText(word);
}

/** Whether the description of a variable, such as `rows: list = [1, 2]`, is that of a table. */
function isTableIn(description: unknown): boolean {
  const [, type, summary = ''] = /^[^\s:]+: (\S+)(?:(?: = |\n)(.*))?/.exec(String(description)) ?? [];
  return type !== undefined && isTableAtSight({ name: '', type, summary, parts: 1 });
}
