import * as vscode from 'vscode';
import { within } from '../../engine/deadline.js';
import { setting } from '../../host/settings.js';
import type { Completion, Completions } from '../../protocol/output.js';
import { languageIds } from '../languages.js';
import { codeAround, type LiveCode } from './liveCode.js';
import type { LiveSession, LiveSessions } from './liveSessions.js';

/** Short enough not to be noticed. A later answer is worth less than the list that is already shown. */
const PATIENCE_MS = 50;
/**
 * For a session that this window has not heard yet: VS Code does not ask again for a word that is being typed, and
 * after a reload, the window is busy while its first suggestions are wanted.
 */
const FIRST_PATIENCE_MS = 300;

/** Adds names from the session to the editor's own suggestions. */
export class SessionCompletions implements vscode.CompletionItemProvider {
  readonly #sessions: LiveSessions;

  /** A session that has not answered yet is not asked again. */
  readonly #silent = new WeakSet<LiveSession>();
  readonly #heard = new WeakSet<LiveSession>();

  constructor(sessions: LiveSessions) {
    this.#sessions = sessions;
  }

  static register(sessions: LiveSessions): vscode.Disposable {
    const provider = new SessionCompletions(sessions);
    return vscode.languages.registerCompletionItemProvider([...languageIds], provider, '.', '"', "'", '%');
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token?: vscode.CancellationToken,
    context?: Pick<vscode.CompletionContext, 'triggerCharacter'>,
  ): Promise<vscode.CompletionList | undefined> {
    const before = document.lineAt(position.line).text.slice(0, position.character);
    if (context?.triggerCharacter === '%' && !beginsMagic.test(before)) return undefined;
    if (!setting('editor.completions', document.uri)) return undefined;
    const live = this.#sessions.live(document.languageId, document.uri.toString());
    const session = await within(FIRST_PATIENCE_MS, live);
    const asked = session && !this.#silent.has(session) ? codeAround(document, position) : undefined;
    if (!session || !asked) return undefined;
    const answer = this.#ask(session, asked).catch(() => undefined); // the editor's own suggestions remain
    const found = await within(this.#heard.has(session) ? PATIENCE_MS : FIRST_PATIENCE_MS, answer);
    return found && new vscode.CompletionList(itemsOf(found, asked, document), found.isIncomplete);
  }

  async #ask(session: LiveSession, { code, offset }: LiveCode): Promise<Completions> {
    this.#silent.add(session);
    try {
      const found = await session.complete(code.slice(0, offset), offset);
      this.#heard.add(session);
      return found;
    } finally {
      this.#silent.delete(session);
    }
  }
}

/** Elsewhere, `%` is the remainder. */
const beginsMagic = /(?:^|=)\s*%{1,2}$/;

function itemsOf(
  { start, end, items }: Completions,
  asked: LiveCode,
  document: vscode.TextDocument,
): vscode.CompletionItem[] {
  const range = new vscode.Range(document.positionAt(asked.start + start), document.positionAt(asked.start + end));
  // The editor already suggests the keywords of the language, but no magics.
  return items
    .filter(({ kind, text }) => kind !== 'keyword' || text.startsWith('%'))
    .map((completion) => itemOf(completion, range));
}

function itemOf({ text, kind, type }: Completion, range: vscode.Range): vscode.CompletionItem {
  const label = { label: text, description: vscode.l10n.t('session') };
  const item = new vscode.CompletionItem(label, kinds[kind]);
  item.range = range;
  // Sorted after the editor's own suggestion of the same name.
  item.sortText = `~${text}`;
  if (type !== undefined) item.detail = type;
  return item;
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  class: vscode.CompletionItemKind.Class,
  function: vscode.CompletionItemKind.Function,
  keyword: vscode.CompletionItemKind.Keyword,
  module: vscode.CompletionItemKind.Module,
  property: vscode.CompletionItemKind.Property,
  variable: vscode.CompletionItemKind.Variable,
};
