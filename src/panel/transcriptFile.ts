import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type * as vscode from 'vscode';
import type { Disposable } from '../engine/disposable.js';
import type { Logger } from '../engine/logger.js';
import type { PanelModel } from './model/panelModel.js';
import { MOST_FORM_DATA, restoreTranscript, saveTranscript } from './model/savedTranscript.js';

/** Changes are written after this time, or later if writing is slow: it takes a tenth of the time at most. */
const SOON_MS = 100;
const SHARE = 10;

/**
 * Keeps the transcript on disk while the panel is open, so that a reloaded window can show it as history. Written with
 * Node.js: when the extension host ends, the window that VS Code's file system needs may already be gone.
 */
export class TranscriptFile implements vscode.Disposable {
  readonly #file: string | undefined;
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly #model: PanelModel;
  readonly #log: Logger;

  #writing: Promise<void> = Promise.resolve();
  #enabled = false;
  #pauseMs = SOON_MS;

  constructor(folder: vscode.Uri | undefined, model: PanelModel, log: Logger) {
    this.#model = model;
    this.#log = log;
    this.#file = folder && path.join(folder.fsPath, 'transcript.json');
    this.#subscription = model.onDidChange(() => {
      if (this.#enabled && this.#file) this.#timer ??= setTimeout(() => void this.save(), this.#pauseMs);
    });
  }

  /** The panel is open, so changes are kept from now on. */
  enable(): void {
    this.#enabled = true;
  }

  /** The user closed the panel, so a reloaded window starts with an empty one. */
  async forget(): Promise<void> {
    this.#enabled = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    if (this.#file) await this.#attempt(rm(this.#file, { force: true }));
  }

  /** Writes pending changes. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const file = this.#file;
    if (!this.#enabled || !file) return;
    const start = performance.now();
    const text = saveTranscript(this.#model.entries(MOST_FORM_DATA), this.#model.older);
    this.#writing = this.#writing.then(() => this.#attempt(write(file, text)));
    await this.#writing;
    this.#pauseMs = Math.max(SOON_MS, SHARE * (performance.now() - start));
  }

  /** Reads the transcript of the previous window, and adds it to the model as history. */
  async restore(): Promise<void> {
    if (!this.#file) return;
    let saved: string;
    try {
      saved = await readFile(this.#file, 'utf8');
    } catch {
      return; // There is no transcript: nothing ran in the last window of this workspace.
    }
    const history = restoreTranscript(saved);
    if (history) this.#model.restore(history.entries, history.older);
    else this.#log.warn('The saved transcript could not be read. The panel starts empty.');
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  async #attempt(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#log.debug(`The transcript file could not be written: ${String(error)}`);
    }
  }
}

/** Readers see either the old text or the new one, as a whole. */
async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.new`;
  await writeFile(draft, text);
  await rename(draft, file);
}
