import * as vscode from 'vscode';
import type { TranscriptReader } from '../panel/model/transcriptReader.js';

const LONGEST_LABEL = 200;

/** Asks which commands of the shown session to take; undefined if the user chooses none. */
export async function chooseCommands(model: TranscriptReader): Promise<readonly number[] | undefined> {
  const items = model.keys().flatMap((key) => {
    const entry = model.entry(key, 0);
    if (entry?.type !== 'command') return [];
    const { number, source, status } = entry;
    const [line = ''] = source.trimStart().split('\n', 1);
    return [
      { key, label: line.slice(0, LONGEST_LABEL), description: [number || '', status.at].filter(Boolean).join(' · ') },
    ];
  });
  if (items.length === 0) return [];
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Choose the commands to export'),
  });
  return chosen && chosen.length > 0 ? chosen.map(({ key }) => key) : undefined;
}
