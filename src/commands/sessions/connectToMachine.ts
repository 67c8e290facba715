import * as vscode from 'vscode';
import { CancelledError } from '../../engine/errors.js';
import { languageOf } from '../../editor/languages.js';
import { cancellableProgress } from '../../host/cancellableProgress.js';
import { interpretersThere, type FoundThere } from '../../host/machines/interpretersThere.js';
import { evaluatorOn, type Machine } from '../../host/machines/machine.js';
import { showMessage, untrustedNotice } from '../../host/messages.js';
import type { LanguageSession } from '../../host/sessions/languageSession.js';
import { farFailureNotice } from '../../host/sessions/launch/startFailure.js';
import type { CommandContext } from '../commandContext.js';
import { sourceEditor } from '../sourceEditor.js';
import { chooseMachine } from './chooseMachine.js';
import { followJob } from './followJob.js';
import { offerToAttach } from './offerToAttach.js';
import { rememberMachine } from './recentMachines.js';

/** Starts a session on another machine, which the user chooses with its interpreter and folder. */
export async function connectToMachine(context: CommandContext): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void showMessage(untrustedNotice());
    return;
  }
  const title = vscode.l10n.t('Connect to Another Machine');
  const chosen = await chooseMachine(context, title);
  const machine = chosen && (await complete(context, chosen, title));
  const session = machine && (await start(context, machine));
  if (!session) return;
  await rememberMachine(context.memory, machine);
  await offerToAttach(context, session);
}

/** With the interpreter and the folder, which are asked for if they are not known. */
async function complete(context: CommandContext, machine: Machine, title: string): Promise<Machine | undefined> {
  if (machine.interpreter !== undefined && machine.folder !== undefined) return machine;
  const found = await look(context, machine);
  if (!found) return undefined;
  const interpreter = machine.interpreter ?? (await chooseInterpreter(found, evaluatorOfFile(context), title));
  if (interpreter === undefined) return undefined;
  const folder = machine.folder ?? (await enterFolder(found, title));
  return folder === undefined ? undefined : { ...machine, interpreter, folder };
}

/** Connects, and looks what is there. Undefined if that fails, in which case the user has been told why. */
async function look({ machines, log }: CommandContext, machine: Machine): Promise<FoundThere | undefined> {
  try {
    return await connecting(machine, async (signal) =>
      interpretersThere(machine, { prefixEnv: await machines.variables(), signal, logger: log }),
    );
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    log.error(String(error));
    void showMessage(farFailureNotice(error, machine.name));
    return undefined;
  }
}

async function start({ sessions, panel }: CommandContext, machine: Machine): Promise<LanguageSession | undefined> {
  const failed = sessions.all.find(({ status }) => status.title === machine.name && status.state === 'none');
  if (failed) await sessions.remove(failed.id); // an earlier attempt
  const evaluator = evaluatorOn(machine);
  const session = sessions.create({ evaluator, name: sessions.unusedTitle(machine.name), machine });
  if (!session) return undefined;
  panel.show();
  const started = await connecting(machine, (signal) => {
    signal.addEventListener('abort', () => void session.interrupt());
    return session.session();
  });
  return started && session;
}

function connecting<T>({ name, command }: Machine, work: (signal: AbortSignal) => Promise<T>): Thenable<T | undefined> {
  return cancellableProgress(vscode.l10n.t("Connecting to '{0}'…", name), async (signal, _report, say) => {
    const over = new AbortController();
    void followJob(command, say, AbortSignal.any([signal, over.signal]));
    return work(signal).finally(() => {
      over.abort();
    });
  });
}

/** The language of the file that is open, for which a new session is often meant. */
function evaluatorOfFile({ sessions }: CommandContext): string {
  const document = sourceEditor()?.document;
  return document && languageOf(document.languageId) ? sessions.of(document.languageId).evaluator : 'python';
}

/** Those for the wanted evaluator come first. */
async function chooseInterpreter(found: FoundThere, wanted: string, title: string): Promise<string | undefined> {
  const enter = vscode.l10n.t('$(edit) Enter interpreter path…');
  const { usual, version } = found;
  const description = `${usual === 'node' ? 'Node.js' : 'Python'} ${version}`;
  const known: (vscode.QuickPickItem & { readonly path?: string })[] = [
    { label: usual, path: usual, description, detail: vscode.l10n.t('from PATH') },
    ...found.interpreters.map((path) => ({
      label: path,
      path,
      ...(evaluatorOn({ interpreter: path }) === 'javascript' && { description: 'JavaScript' }),
    })),
  ];
  const isOther = ({ label }: vscode.QuickPickItem): boolean => evaluatorOn({ interpreter: label }) !== wanted;
  const items = [...known.filter((item) => !isOther(item)), ...known.filter(isOther), { label: enter }];
  const options = { title, placeHolder: vscode.l10n.t('Interpreter'), ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen?.label !== enter) return chosen?.path;
  const prompt = vscode.l10n.t('Enter the path of Python or Node.js, or its name on PATH');
  return nonEmpty(await vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true }));
}

async function enterFolder({ home }: FoundThere, title: string): Promise<string | undefined> {
  const prompt = vscode.l10n.t('The working directory there');
  return nonEmpty(await vscode.window.showInputBox({ title, prompt, value: home, ignoreFocusOut: true }));
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
