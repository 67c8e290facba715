import type * as vscode from 'vscode';
import { setting } from './settings.js';

const KEY = 'panelColumns';
const MOST = 10_000;
const USUAL = 80;

/** How wide programs are told that their terminal is, in characters. */
export class OutputColumns {
  readonly #memory: vscode.Memento;

  /** The memory has the width of the last panel, until there is one. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The panel has measured its width. */
  measured(columns: number): void {
    void this.#memory.update(KEY, columns);
  }

  /** That of the setting, or else of the panel; until there has been one, that of most terminals. */
  get current(): number {
    const fixed = Math.min(Math.round(setting('output.columns')), MOST);
    if (fixed > 0) return fixed;
    const known: unknown = this.#memory.get(KEY);
    return typeof known === 'number' ? known : USUAL;
  }
}
