import * as l10n from '@vscode/l10n';
import { currentSettings } from '../currentSettings.js';
import { element, textButton } from '../element.js';
import { highlightedLines, tokenNode, type Token } from '../highlight.js';
import { countText } from '../amounts.js';
import type { Searchable } from '../find/searchable.js';
import { turnsOften } from './turnsOften.js';

/** A source of up to `whole` lines is shown completely; of a longer one, the first `shown` lines. */
const folding = { whole: 8, shown: 3 } as const;

/**
 * How much of a command is visible: one line without output, the first line of its source, the default, or everything.
 */
export type SourceExtent = 'line' | 'first' | 'usual' | 'whole';

/** The source of a command, one block per line, so that wrapped lines align with their own indentation. */
export class SourceView {
  readonly #onExtent: (extent: SourceExtent) => void;

  readonly node = element('div', { class: 'source' });
  readonly lineCount: number;
  readonly #lines: readonly (readonly Token[])[];

  constructor(source: string, languageId: string, onExtent: (extent: SourceExtent) => void) {
    this.#onExtent = onExtent;
    this.#lines = highlightedLines(source.trimEnd(), languageId);
    this.lineCount = this.#lines.length;
    this.node.classList.toggle('is-as-written', turnsOften(source));
  }

  get firstLine(): string {
    return (this.#lines[0] ?? []).map(({ text }) => text).join('');
  }

  /** The number of characters in the first line. */
  get columns(): number {
    return this.firstLine.length;
  }

  /** A queued source has no colors yet. `hidden` is the number of output lines that are collapsed with it. */
  draw(extent: SourceExtent, hidden: number): void {
    const { lineCount } = this;
    const usual = usuallyShown(lineCount);
    const shown = { line: 1, first: 1, usual, whole: lineCount }[extent];
    const code = element('code', {}, ...this.#lines.slice(0, shown).map(lineNode));
    this.node.replaceChildren(element('pre', {}, code));
    const left = lineCount - shown;
    if (extent === 'line') {
      const count = left + hidden;
      if (count > 0) this.node.append(this.#fold(hiddenText(count), 'usual'));
    } else if (left > 0)
      this.node.append(
        this.#fold(
          left === 1 ? l10n.t('… 1 more line') : l10n.t('… {0} more lines', countText(left)),
          extent === 'first' ? 'usual' : 'whole',
        ),
      );
    else if (extent === 'whole' && usual < lineCount) this.node.append(this.#fold(l10n.t('Show less'), 'usual'));
  }

  /** The lines, including collapsed ones; `reveal` draws all of them. */
  *searchables(place: Element, reveal: () => void): Generator<Searchable> {
    for (const [index, tokens] of this.#lines.entries()) {
      const node = (): Element | undefined => this.node.querySelectorAll('.ln')[index];
      const show = (): void => {
        if (!node()) reveal();
      };
      yield { id: `s${String(index)}`, text: tokens.map(({ text }) => text).join(''), place, node, reveal: show };
    }
  }

  #fold(label: string, extent: SourceExtent): HTMLElement {
    return textButton('tb fold', label, () => {
      this.#onExtent(extent);
    });
  }
}

/** The number of lines that are shown by default. */
function usuallyShown(lineCount: number): number {
  const { foldSources } = currentSettings();
  if (foldSources === 'all') return 1;
  return foldSources === 'long' && lineCount > folding.whole ? folding.shown : lineCount;
}

function hiddenText(count: number): string {
  return count === 1 ? l10n.t('1 line hidden') : l10n.t('{0} lines hidden', countText(count));
}

function lineNode(tokens: readonly Token[]): HTMLElement {
  const indent = /^ */.exec(tokens[0]?.text ?? '')?.[0].length ?? 0;
  return element('span', { class: `ln h${String(Math.min(24, indent - (indent % 4)))}` }, ...tokens.map(tokenNode));
}
