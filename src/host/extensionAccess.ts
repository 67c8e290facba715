import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { ExtSessionError } from '../engine/errors.js';

/** The user's answers by extension id. */
type Answers = Readonly<Record<string, 'allowed' | 'denied'>>;

const KEY = 'extsession.extensionAccess';
const OURS = 'extsession.extsession';
const UNKNOWN = 'unknown';
/** The bundle that contains this code. */
const ourFile = fileURLToPath(import.meta.url);

/**
 * Decides which extensions may use the sessions. It keeps the user informed and in control, but cannot stop a malicious
 * extension, since all extensions run in one process.
 */
export class ExtensionAccess {
  readonly #memory: vscode.Memento;

  readonly #asked = new Map<string, Promise<void>>();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Whether an extension is known to have permission, without asking. */
  isAllowed(id: string): boolean {
    return id === OURS || this.#answers[id] === 'allowed';
  }

  /**
   * Asks the user if there is no answer yet; closing the message does not count as an answer.
   * @throws ExtSessionError with code ACCESS_DENIED.
   */
  async require(id: string): Promise<void> {
    if (this.isAllowed(id)) return;
    if (!(id in this.#answers)) {
      const asked = this.#asked.get(id) ?? this.#ask(id).finally(() => this.#asked.delete(id));
      this.#asked.set(id, asked);
      await asked;
    }
    if (this.isAllowed(id)) return;
    throw new ExtSessionError(
      'ACCESS_DENIED',
      `The extension '${id}' is not allowed to use the sessions of ExtSession. To allow it, run 'ExtSession: Manage Extension Access'.`,
    );
  }

  /** Lets the user change an answer; selecting an extension toggles its access. */
  async manage(): Promise<void> {
    const items = Object.keys(this.#answers).map((id) => ({
      id,
      label: `${this.isAllowed(id) ? '$(check)' : '$(circle-slash)'} ${nameOf(id)}`,
      description: id,
      detail: this.isAllowed(id)
        ? vscode.l10n.t('Allowed to use your sessions. Select to revoke.')
        : vscode.l10n.t('Not allowed to use your sessions. Select to allow.'),
    }));
    if (items.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No extensions have asked to use your sessions.'));
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Manage Extension Access') });
    if (chosen) await this.#remember(chosen.id, this.isAllowed(chosen.id) ? 'denied' : 'allowed');
  }

  get #answers(): Answers {
    return this.#memory.get<Answers>(KEY, {});
  }

  async #ask(id: string): Promise<void> {
    const allow = vscode.l10n.t('Allow');
    const deny = vscode.l10n.t("Don't Allow");
    const who =
      id === UNKNOWN
        ? vscode.l10n.t('An unknown extension')
        : vscode.l10n.t("The extension '{0}' ({1})", nameOf(id), id);
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} wants to run code in your sessions and read their output and variables.', who),
      allow,
      deny,
    );
    if (answer === undefined) return;
    await this.#remember(id, answer === allow ? 'allowed' : 'denied');
  }

  async #remember(id: string, answer: Answers[string]): Promise<void> {
    await this.#memory.update(KEY, { ...this.#answers, [id]: answer });
  }
}

function nameOf(id: string): string {
  const manifest = vscode.extensions.getExtension(id)?.packageJSON as { displayName?: string } | undefined;
  return manifest?.displayName ?? id;
}

/**
 * The extension whose code made the call, according to the files on the stack; VS Code does not provide this. A call
 * from our own file says nothing, because the callback of a promise, for example, has no other frame. Our own tests are
 * in other files.
 */
export function callingExtension(stack: string): string {
  const folders = vscode.extensions.all
    .map(({ id, extensionPath }) => ({ id, folder: extensionPath + sep }))
    .sort((a, b) => b.folder.length - a.folder.length);
  const callers = stack
    .split('\n')
    .filter((line) => !line.includes(ourFile))
    .map((line) => folders.find(({ folder }) => line.includes(folder))?.id)
    .filter((id) => id !== undefined);
  return callers.find((id) => id !== OURS) ?? callers[0] ?? UNKNOWN;
}
