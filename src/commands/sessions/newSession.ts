import * as vscode from 'vscode';
import type { LanguageSession } from '../../host/sessions/languageSession.js';
import { untrustedNotice, showMessage } from '../../host/messages.js';
import type { CommandContext } from '../commandContext.js';
import { connectToMachine } from './connectToMachine.js';
import { offerToAttach } from './offerToAttach.js';
import { chooseInterpreter } from './selectInterpreter.js';
import { sourceEditor } from '../sourceEditor.js';

const ELSEWHERE = 'elsewhere';

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Creates and starts a session, after the user has chosen its language, interpreter, folder and name. */
export async function newSession(context: CommandContext): Promise<void> {
  const languages: Choice<string>[] = [
    { label: 'Python', value: 'python' },
    { label: 'JavaScript', description: 'TypeScript', value: 'javascript' },
    { label: vscode.l10n.t('$(remote) On Another Machine…'), value: ELSEWHERE },
  ];
  const chosen = await vscode.window.showQuickPick(languages, {
    title: vscode.l10n.t('New Session'),
    placeHolder: vscode.l10n.t('Language'),
  });
  if (chosen?.value === ELSEWHERE) {
    await connectToMachine(context);
    return;
  }
  const session = chosen && (await newSessionFor(context, chosen.value));
  if (session) await offerToAttach(context, session);
}

/** As `newSession`, for a language. Undefined if the user changes their mind, or the session does not start. */
export async function newSessionFor(
  { sessions, panel }: CommandContext,
  evaluator: string,
): Promise<LanguageSession | undefined> {
  if (!vscode.workspace.isTrusted) {
    void showMessage(untrustedNotice());
    return undefined;
  }
  const title = vscode.l10n.t('New Session');
  const interpreter = await chooseInterpreter(evaluator, sourceEditor()?.document.uri, title);
  const folder = interpreter === undefined ? undefined : await chooseFolder(title);
  const name = folder && (await chooseName(sessions, evaluator, title));
  if (interpreter === undefined || !folder || !name) return undefined;
  const session = sessions.create({
    evaluator,
    name,
    ...(interpreter === '' ? {} : { interpreter }),
    ...(folder.uri === undefined ? {} : { folder: folder.uri }),
  });
  panel.show();
  return session && (await session.session()) ? session : undefined;
}

/** Without a URI, there is none to choose. */
async function chooseFolder(title: string): Promise<{ readonly uri: string | undefined } | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const choices: Choice<'browse' | vscode.Uri | undefined>[] = [
    ...folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri })),
    ...(folders.length === 0 ? [{ label: vscode.l10n.t('Folder of the file'), value: undefined }] : []),
    { label: vscode.l10n.t('$(folder-opened) Browse…'), value: 'browse' },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder: vscode.l10n.t('Working directory') });
  if (!chosen) return undefined;
  if (chosen.value !== 'browse') return { uri: chosen.value?.toString() };
  const [picked] = (await vscode.window.showOpenDialog({ title, canSelectFiles: false, canSelectFolders: true })) ?? [];
  return picked && { uri: picked.toString() };
}

function chooseName(
  sessions: CommandContext['sessions'],
  evaluator: string,
  title: string,
): Thenable<string | undefined> {
  const language = evaluator === 'python' ? 'Python' : 'JavaScript';
  return vscode.window
    .showInputBox({
      title,
      prompt: vscode.l10n.t('Name'),
      value: sessions.unusedTitle(language),
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
    })
    .then((name) => name?.trim());
}
