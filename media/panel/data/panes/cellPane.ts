import * as l10n from '@vscode/l10n';
import type { CellDetail } from '../../../../src/protocol/data.js';
import { MOST_PIXELS } from '../../../../src/protocol/rasterSize.js';
import { element, setText } from '../../element.js';
import { shownText } from '../cellText.js';
import type { Place } from '../gridSelection.js';
import { pictureView } from '../pictureView.js';
import { partTree } from './partTree.js';
import { SidePane } from './sidePane.js';

/** The user may pass a cell on the way to another one. */
const SETTLE_MS = 120;

/** What of a cell is asked for. */
export interface AskedCell extends Place {
  readonly path: readonly number[];
  readonly start: number;
}

export interface CellPaneOptions {
  readonly ask: (asked: AskedCell) => Promise<CellDetail | undefined>;
  /** The name of a column. */
  readonly nameOf: (column: number) => string;
  readonly toggled: (isOpen: boolean) => void;
}

/** Beside the table: the active cell as a whole, with all of its text, its picture, or what is in it. */
export class CellPane extends SidePane {
  readonly #options: CellPaneOptions;
  readonly #body = element('div', { class: 'found' });
  #timer: number | undefined;
  /** What is shown or on its way: a cell, and the state of the data. */
  #asked = '';
  #shown = '';
  /** What is open in the tree of the cell that is shown. */
  readonly #open = new Set<string>();

  constructor(options: CellPaneOptions) {
    super({ label: l10n.t('Cell'), close: l10n.t('Close Cell'), toggled: options.toggled });
    this.#options = options;
    this.node.append(this.#body);
  }

  override toggle(isOpen = !this.isOpen): void {
    this.#asked = '';
    super.toggle(isOpen);
  }

  /** The active cell, whose value is another one with another `turn`. */
  follow({ row, column }: Place, turn: number): void {
    const key = [row, column, turn].join('/');
    if (!this.isOpen || key === this.#asked) return;
    this.#asked = key;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load({ row, column }, key), SETTLE_MS);
  }

  async #load(place: Place, key: string): Promise<void> {
    const found = await this.#options.ask({ ...place, path: [], start: 0 });
    if (this.#asked !== key) return;
    setText(this.title, this.#options.nameOf(place.column));
    if (!found) {
      this.#body.replaceChildren(); // what was there is of another cell
      return;
    }
    const shown = [place.row, place.column].join('/');
    if (shown !== this.#shown) this.#open.clear();
    this.#shown = shown;
    const { type, cell, image, total } = found;
    setText(this.kind, type);
    const text = element('pre', { class: 'whole', tabindex: 0, 'aria-label': l10n.t('Text') }, shownText(cell));
    const ask = (path: readonly number[], start: number) => this.#options.ask({ ...place, path, start });
    const tree = (): HTMLElement => partTree(found, { ask, open: this.#open });
    const picture = image === undefined ? undefined : pictureView(image, MOST_PIXELS);
    this.#body.replaceChildren(...(picture ? [picture] : []), total > 0 ? tree() : text);
  }
}
