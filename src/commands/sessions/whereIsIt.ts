import * as vscode from 'vscode';
import { filenameOf } from '../../host/filename.js';
import { failureNotice, showMessage } from '../../host/messages.js';
import { openFrame, type SourceElsewhere } from '../../host/openSource.js';
import type { CommandContext } from '../commandContext.js';
import { sessionTarget } from './sessionTarget.js';

const pythonFrame = /^ *File "(.+)", line (\d+), in (.+)$/;
const javaScriptFrame = /^ +at (?:(.+?) \((.+?)|(.+?)):(\d+)(?::\d+)?\)?$/;
/** The function of a frame that waits at the top level of a command. */
const WAIT = 'await';
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
    const stack = await session.stack();
    const items = session.info.language === 'python' ? pythonFrames(stack) : javaScriptFrames(stack);
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
    placeHolder:
      items[0]?.label === WAIT
        ? vscode.l10n.t('The command waits in this line. Node.js cannot tell where functions that it calls wait.')
        : vscode.l10n.t('Select a frame to open it. The innermost one is first.'),
    matchOnDescription: true,
  });
  if (chosen) await openFrame(chosen.file, chosen.line, await find(chosen.file));
}

/** The frames of a traceback, the innermost first. */
function pythonFrames(traceback: string): FrameItem[] {
  return traceback
    .split('\n')
    .flatMap((text) => {
      const [, file, line, name] = pythonFrame.exec(text) ?? [];
      return file === undefined || name === undefined ? [] : [itemOf(name, file, Number(line))];
    })
    .reverse();
}

/** The frames of a stack, without those of Node.js. */
function javaScriptFrames(stack: string): FrameItem[] {
  return stack.split('\n').flatMap((text) => {
    const [, name = '<anonymous>', called, alone, line] = javaScriptFrame.exec(text) ?? [];
    const place = called ?? alone;
    return place === undefined || place.startsWith('node:') ? [] : [itemOf(name, filenameOf(place), Number(line))];
  });
}

function itemOf(name: string, file: string, line: number): FrameItem {
  return {
    label: shown(name),
    description: `${shown(vscode.workspace.asRelativePath(file))}:${String(line)}`,
    file,
    line,
  };
}

function shown(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, LONGEST_NAME);
}
