import { open } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError } from '../engine/errors.js';
import { cancellableProgress } from '../host/cancellableProgress.js';
import { errorText } from '../host/errorText.js';
import type { DataAnswer, DataWindow, WindowRequest } from '../protocol/data.js';
import { writeRows } from './writeRows.js';

/** A request without what it is of. */
export type Ask = (
  request: ({ ask: 'window' } & WindowRequest) | { ask: 'parquet' } | { ask: 'piece'; file: number; offset: number },
) => Promise<DataAnswer>;

export interface SavedData {
  readonly title: string;
  /** Asks the session for the rows that the grid shows. */
  readonly ask: (signal: AbortSignal) => Ask;
  /** Whether a command has run since, so that the rows may be of two states. */
  readonly hasChanged: () => boolean;
}

type Append = (content: string | Uint8Array) => Promise<void>;

/** Asks for a file, and writes the rows that the grid shows to it. */
export async function saveData(data: SavedData): Promise<void> {
  const target = await targetOf(data.title);
  if (!target) return;
  const name = path.basename(target.fsPath);
  try {
    const cut = await cancellableProgress(vscode.l10n.t('Saving {0}', name), (signal, report) =>
      write(data, { target, signal, report }),
    );
    if (cut !== undefined) tellSaved(name, cut);
  } catch (error) {
    if (error instanceof CancelledError) return;
    void vscode.window.showErrorMessage(vscode.l10n.t('The table was not saved: {0}', errorText(error)));
  }
}

function targetOf(title: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 100)}.csv`;
  return vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { CSV: ['csv'], TSV: ['tsv'], Parquet: ['parquet'] },
    title: vscode.l10n.t('Save Table'),
  });
}

interface Saving {
  readonly target: vscode.Uri;
  readonly signal: AbortSignal;
  readonly report: (share: number) => void;
}

/** Resolves with the number of texts that have been cut. */
function write({ ask, hasChanged }: SavedData, { target, signal, report }: Saving): Promise<number> {
  const request = ask(signal);
  return writeTo(target.fsPath, async (append) => {
    if (target.path.endsWith('.parquet')) return writeParquet(request, append);
    return writeRows({
      separator: /\.(tsv|tab)$/.test(target.path) ? '\t' : ',',
      window: async (wanted) => {
        if (hasChanged()) throw new Error(vscode.l10n.t('The data may have changed in the meantime. Save it again.'));
        return windowOf(await request({ ask: 'window', ...wanted }));
      },
      write: append,
      progress: report,
    });
  });
}

function windowOf({ window }: DataAnswer): DataWindow {
  if (window) return window;
  throw new Error(vscode.l10n.t('The data is no longer in the session.'));
}

async function writeParquet(ask: Ask, append: Append): Promise<number> {
  const { file = 0, size = 0 } = await ask({ ask: 'parquet' });
  for (let offset = 0; offset < size;) {
    const piece = Buffer.from((await ask({ ask: 'piece', file, offset })).piece ?? '', 'base64');
    if (piece.length === 0) throw new Error(vscode.l10n.t('The data is no longer in the session.'));
    offset += piece.length;
    await append(piece);
  }
  return 0;
}

/** A file that is not written to its end takes the place of no other. */
async function writeTo(file: string, fill: (append: Append) => Promise<number>): Promise<number> {
  const unfinished = vscode.Uri.file(`${file}.unfinished`);
  const handle = await open(unfinished.fsPath, 'w');
  try {
    const cut = await fill(async (content) => {
      await handle.writeFile(content);
    });
    await handle.close();
    await vscode.workspace.fs.rename(unfinished, vscode.Uri.file(file), { overwrite: true });
    return cut;
  } catch (error) {
    await handle.close();
    await vscode.workspace.fs.delete(unfinished).then(undefined, () => undefined); // the first error says more
    throw error;
  }
}

function tellSaved(name: string, cut: number): void {
  if (cut > 0)
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Saved {0}. Texts that were cut at 100,000 characters: {1}.', name, cut),
    );
  else void vscode.window.showInformationMessage(vscode.l10n.t('Saved {0}.', name));
}
