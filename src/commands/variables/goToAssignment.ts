import * as vscode from 'vscode';
import { languageOf } from '../../editor/languages.js';
import { openOrigin } from '../../host/openSource.js';
import { type CommandEntry, type Entry, sessionOf } from '../../protocol/panelEntries.js';
import type { CommandContext } from '../commandContext.js';
import { valueNode } from './variableCommands.js';

/** Goes to the line that assigned a variable last: in its file, or in the panel where it was typed. */
export async function goToAssignment(
  { sessions, transcript, panel }: CommandContext,
  argument: unknown,
): Promise<void> {
  const name = valueNode(argument)?.path[0];
  if (name === undefined) return;
  for (const { key, languageId } of commandsOf(transcript.entries(0), sessions.current.id).toReversed()) {
    const line = languageOf(languageId)?.assignedLine(transcript.command(key)?.source ?? '', name);
    if (line === undefined) continue;
    const origin = transcript.origin(key);
    if (!origin) panel.show({ focus: true, key });
    else await openOrigin({ ...origin, firstLine: origin.firstLine + line, lastLine: origin.firstLine + line });
    return;
  }
  void vscode.window.showInformationMessage(vscode.l10n.t('No command in the panel assigns {0}.', name));
}

/** The commands that the current process of a session has run, in their order. */
function commandsOf(entries: readonly Entry[], session: string): CommandEntry[] {
  const begin = entries.findLastIndex((entry) => {
    if (entry.type !== 'divider' || entry.kind === 'continued') return false;
    return (sessionOf(entry) ?? session) === session;
  });
  return entries
    .slice(begin + 1)
    .filter((entry) => entry.type === 'command')
    .filter((entry) => sessionOf(entry) === session && !entry.isText && !entry.isRun);
}
