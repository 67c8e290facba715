import * as l10n from '@vscode/l10n';
import { ToolBar, toolButton } from './toolBar.js';

/** What the buttons do. */
export interface GridActions {
  readonly sort: () => void;
  readonly filter: () => void;
  readonly cell: () => void;
  readonly statistics: () => void;
  readonly pin: () => void;
  readonly hide: () => void;
  readonly code: () => void;
  readonly copy: () => void;
  readonly copyMarkdown: () => void;
  readonly save: () => void;
}

/** The buttons above the table. */
export class GridTools {
  readonly cell: HTMLButtonElement;
  readonly statistics: HTMLButtonElement;
  readonly pin: HTMLButtonElement;
  readonly #code: HTMLButtonElement;
  readonly #bar: ToolBar;

  constructor(actions: GridActions) {
    this.cell = toolButton('listTree', l10n.t('Show Cell'), actions.cell);
    this.statistics = toolButton('graphLine', l10n.t('Statistics'), actions.statistics);
    for (const opens of [this.cell, this.statistics]) opens.setAttribute('aria-expanded', 'false');
    this.pin = toolButton('pinned', l10n.t('Pin Column'), actions.pin);
    this.#code = toolButton('code', l10n.t('Convert to Code'), actions.code);
    this.#code.hidden = true;
    this.#bar = new ToolBar([
      toolButton('sortPrecedence', l10n.t('Sort'), actions.sort),
      toolButton('filter', l10n.t('Filter…'), actions.filter),
      this.cell,
      this.statistics,
      this.pin,
      toolButton('eyeClosed', l10n.t('Hide Column'), actions.hide),
      this.#code,
      toolButton('copy', l10n.t('Copy'), actions.copy),
      toolButton('markdown', l10n.t('Copy as Markdown'), actions.copyMarkdown),
      toolButton('save', l10n.t('Save As…'), actions.save),
    ]);
  }

  get node(): HTMLElement {
    return this.#bar.node;
  }

  /** Whether there is code for what the grid shows. */
  set hasCode(hasCode: boolean) {
    this.#code.hidden = !hasCode;
    this.#bar.fit();
  }
}
