import * as vscode from 'vscode';
import { failureNotice, showMessage } from '../../host/messages.js';
import { openFrame, type SourceElsewhere } from '../../host/openSource.js';
import type { CommandContext } from '../commandContext.js';
import { sessionTarget } from './sessionTarget.js';

const frameLine = /^ *File "(.+)", line (\d+), in (.+)$/;
/** What a list shows of the name of a file or a function, which code can make as long as it likes. */
const LONGEST_NAME = 200;

interface FrameItem extends vscode.QuickPickItem {
  readonly file: string;
  readonly line: number;
}

/** Shows where the running command is, as a list of frames that open in the editor. */
export async function whereIsIt(context: CommandContext, argument: unknown): Promise<void> {
  const target = sessionTarget(context, argument);
  const session = target.live();
  const tell = (text: string): void => void vscode.window.showInformationMessage(text);
  if (session?.state !== 'busy') {
    tell(vscode.l10n.t('No command is running in this session.'));
    return;
  }
  try {
    const items = session.info.language === 'python' ? framesOf(await session.stack()) : [];
    if (items.length === 0) tell(vscode.l10n.t('The session cannot tell where the command is.'));
    else await pick(items, (file) => context.farFiles.find(file, target.id));
  } catch (error) {
    context.log.warn(String(error));
    void showMessage(failureNotice(error));
  }
}

async function pick(
  items: readonly FrameItem[],
  find: (file: string) => Promise<SourceElsewhere | undefined>,
): Promise<void> {
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Where Is It?'),
    placeHolder: vscode.l10n.t('Select a frame to open it. The innermost one is first.'),
    matchOnDescription: true,
  });
  if (chosen) await openFrame(chosen.file, chosen.line, await find(chosen.file));
}

/** The frames of a traceback, the innermost first. */
function framesOf(traceback: string): FrameItem[] {
  return traceback
    .split('\n')
    .flatMap((text) => {
      const [, file, line, name] = frameLine.exec(text) ?? [];
      if (file === undefined || name === undefined) return [];
      const description = `${shown(vscode.workspace.asRelativePath(file))}:${String(line)}`;
      return [{ label: shown(name), description, file, line: Number(line) }];
    })
    .reverse();
}

function shown(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, LONGEST_NAME);
}
