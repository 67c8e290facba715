import { open } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError } from '../engine/errors.js';
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

type Write = (content: string | Uint8Array) => Promise<void>;

/** Asks for a file, and writes the rows that the grid shows to it. */
export async function saveData({ title, ask, hasChanged }: SavedData): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 100)}.csv`;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { CSV: ['csv'], TSV: ['tsv'], Parquet: ['parquet'] },
    title: vscode.l10n.t('Save Table'),
  });
  if (!target) return;
  const cancelled = new AbortController();
  const saving = async (progress: vscode.Progress<{ increment: number }>): Promise<number> => {
    let told = 0;
    return writeTo(target.fsPath, async (write) => {
      const request = ask(cancelled.signal);
      if (target.path.endsWith('.parquet')) return writeParquet(request, write);
      return writeRows({
        separator: /\.(tsv|tab)$/.test(target.path) ? '\t' : ',',
        window: async (wanted) => {
          if (hasChanged()) throw new Error(vscode.l10n.t('The data may have changed in the meantime. Save it again.'));
          return windowOf(await request({ ask: 'window', ...wanted }));
        },
        write,
        progress: (share) => {
          progress.report({ increment: share * 100 - told });
          told = share * 100;
        },
      });
    });
  };
  try {
    const cut = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Saving {0}', path.basename(target.fsPath)),
        cancellable: true,
      },
      (progress, token) => {
        token.onCancellationRequested(() => {
          cancelled.abort();
        });
        return saving(progress);
      },
    );
    tellSaved(target, cut);
  } catch (error) {
    if (error instanceof CancelledError || cancelled.signal.aborted) return;
    void vscode.window.showErrorMessage(vscode.l10n.t('The table was not saved: {0}', errorText(error)));
  }
}

function windowOf({ window }: DataAnswer): DataWindow {
  if (window) return window;
  throw new Error(vscode.l10n.t('The data is no longer in the session.'));
}

async function writeParquet(ask: Ask, write: Write): Promise<number> {
  const { file = 0, size = 0 } = await ask({ ask: 'parquet' });
  for (let offset = 0; offset < size;) {
    const piece = Buffer.from((await ask({ ask: 'piece', file, offset })).piece ?? '', 'base64');
    if (piece.length === 0) throw new Error(vscode.l10n.t('The data is no longer in the session.'));
    offset += piece.length;
    await write(piece);
  }
  return 0;
}

/** A file that is not written to its end takes the place of no other. */
async function writeTo(file: string, fill: (write: Write) => Promise<number>): Promise<number> {
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
    await vscode.workspace.fs.delete(unfinished);
    throw error;
  }
}

function tellSaved(target: vscode.Uri, cut: number): void {
  const name = path.basename(target.fsPath);
  if (cut > 0)
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Saved {0}. Texts that were cut at 100,000 characters: {1}.', name, cut),
    );
  else void vscode.window.showInformationMessage(vscode.l10n.t('Saved {0}.', name));
}
