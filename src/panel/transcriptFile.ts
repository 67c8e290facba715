import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type * as vscode from 'vscode';
import { within } from '../engine/deadline.js';
import type { Disposable } from '../engine/disposable.js';
import type { ExtResults } from '../engine/extResults.js';
import type { Logger } from '../engine/logger.js';
import type { PanelModel } from './model/panelModel.js';
import { MOST_FORM_DATA, restoreTranscript, saveTranscript } from './model/savedTranscript.js';

/** Changes are written after this time, or later if writing is slow: it takes a tenth of the time at most. */
const SOON_MS = 100;
const SHARE = 10;
/** How long the transcript waits for sessions, whose commands are not to be in there twice. */
const RESUMPTION_MS = 5000;

export interface TranscriptFileOptions {
  /** Where the file is; without it, nothing is saved. */
  readonly folder: string | undefined;
  readonly model: PanelModel;
  /** Whether the user wants the transcript to be saved. */
  readonly isWanted: () => boolean;
  /** Called with the results that have been saved as a whole. */
  readonly onDidSave: (results: readonly ExtResults[]) => void;
  readonly log: Logger;
}

/**
 * Keeps the transcript on disk while the panel is open, so that a reloaded window can show it as history. Written with
 * Node.js: when the extension host ends, the window that VS Code's file system needs may already be gone. Only this
 * user can read it.
 */
export class TranscriptFile implements vscode.Disposable {
  readonly #file: string | undefined;
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;
  readonly #model: PanelModel;
  readonly #isWanted: () => boolean;
  readonly #onDidSave: TranscriptFileOptions['onDidSave'];
  readonly #log: Logger;

  /** Until then, the file has what the model is to get. */
  #restored: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();
  #enabled = false;
  #pauseMs = SOON_MS;

  constructor({ folder, model, isWanted, onDidSave, log }: TranscriptFileOptions) {
    this.#model = model;
    this.#onDidSave = onDidSave;
    this.#isWanted = isWanted;
    this.#log = log;
    this.#file = folder === undefined ? undefined : path.join(folder, 'transcript.json');
    this.#subscription = model.onDidChange(() => {
      if (this.isSaved) this.#timer ??= setTimeout(() => void this.save(), this.#pauseMs);
    });
    if (!isWanted()) void this.#remove(); // it was turned off while no window of this workspace was open
  }

  /** The panel is open, so changes are kept from now on. */
  enable(): void {
    this.#enabled = true;
  }

  /** The user closed the panel, so a reloaded window starts with an empty one. */
  async forget(): Promise<void> {
    this.#enabled = false;
    await this.#remove();
  }

  /** The user has turned saving on or off: saves the transcript, or removes the one that is saved. */
  async follow(): Promise<void> {
    await (this.#isWanted() ? this.save() : this.#remove());
  }

  /** Writes pending changes. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#restored;
    const file = this.#file;
    if (!this.isSaved || file === undefined) return;
    const start = performance.now();
    const done = this.#model.records().flatMap(({ results }) => (results.done ? [results] : []));
    const text = saveTranscript(this.#model.entries(MOST_FORM_DATA), this.#model.allOlder);
    if (await this.#inTurn(() => write(file, text))) this.#onDidSave(done);
    this.#pauseMs = Math.max(SOON_MS, SHARE * (performance.now() - start));
  }

  /**
   * Reads the transcript of the previous window, and adds it to the model as history, as soon as the model has what the
   * sessions of that window have left. Nothing is written before.
   */
  restore(resumed: Promise<void>): Promise<void> {
    this.#restored = within(RESUMPTION_MS, resumed).then(() => this.#restore());
    return this.#restored;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  /** Whether changes are saved. */
  get isSaved(): boolean {
    return this.#enabled && this.#file !== undefined && this.#isWanted();
  }

  async #restore(): Promise<void> {
    if (this.#file === undefined || !this.#isWanted()) return;
    let saved: string;
    try {
      saved = await readFile(this.#file, 'utf8');
    } catch (error) {
      // Without a file, nothing ran in the last window of this workspace.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warn(`The saved transcript could not be read. The panel starts empty. ${String(error)}`);
      return;
    }
    const history = restoreTranscript(saved);
    if (history) this.#model.restore(history.entries, history.older);
    else this.#log.warn('The saved transcript could not be read. The panel starts empty.');
  }

  async #remove(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const file = this.#file;
    if (file === undefined) return;
    await this.#inTurn(() => removeBoth(file));
  }

  /** Does something to the file after what was begun earlier. False if that is not possible. */
  #inTurn(work: () => Promise<void>): Promise<boolean> {
    const done = this.#writing.then(work).then(
      () => true,
      (error: unknown) => {
        this.#log.warn(`The transcript file could not be written or removed: ${String(error)}`);
        return false;
      },
    );
    this.#writing = done.then(() => undefined);
    return done;
  }
}

/** Readers see either the old text or the new one, as a whole. */
async function write(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700); // it may be from a version that did not restrict it
  const draft = draftOf(file);
  await rm(draft, { force: true });
  await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
  await rename(draft, file);
}

/** The file, and a draft that a process left when it was killed. */
async function removeBoth(file: string): Promise<void> {
  await rm(draftOf(file), { force: true });
  await rm(file, { force: true });
}

function draftOf(file: string): string {
  return `${file}.new`;
}
