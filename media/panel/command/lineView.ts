import * as l10n from '@vscode/l10n';
import { isSafeLink, type Line, type Run, type TextStyle } from '../../../src/protocol/panelEntries.js';
import { plainLine } from '../../../src/protocol/plainLine.js';
import { linksByRun, type RunLink } from '../../../src/protocol/textLinks.js';
import { countText } from '../amounts.js';
import { element, leadsToEditor } from '../element.js';
import { turnsOften } from './turnsOften.js';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** Opens a file that a line names: the first one, the second one, and so on. */
export type OnOpenPlace = (place: number) => void;

/** One line of output. */
export function lineView(line: Line, onOpenPlace: OnOpenPlace): HTMLElement {
  const linker = new Linker(onOpenPlace);
  const className = turnsOften(plainLine(line)) ? 'tl is-as-written' : 'tl';
  const runs = typeof line === 'string' ? [line] : line.runs;
  const links = linksByRun(runs);
  const nodes = runs.flatMap((run, index) => runNodes(run, links[index] ?? [], linker));
  const view = element('div', { class: className }, ...nodes);
  if (typeof line !== 'string' && line.cut !== undefined) {
    view.append(element('span', { class: 'cut' }, ` ${l10n.t('… {0} more characters', countText(line.cut))}`));
  }
  return view;
}

/** Makes links of the addresses and places in the text of a line. */
class Linker {
  readonly #onOpenPlace: OnOpenPlace;
  #places = 0;

  constructor(onOpenPlace: OnOpenPlace) {
    this.#onOpenPlace = onOpenPlace;
  }

  nodes(text: string, links: readonly RunLink[]): Node[] {
    const nodes: Node[] = [];
    let copied = 0;
    for (const { from, to, link, isFirst } of links) {
      if (from > copied) nodes.push(document.createTextNode(text.slice(copied, from)));
      const shown = text.slice(from, to);
      nodes.push('href' in link ? linkNode(shown, link.href, '') : this.#placeNode(shown, isFirst));
      copied = to;
    }
    if (copied < text.length || nodes.length === 0) nodes.push(document.createTextNode(text.slice(copied)));
    return nodes;
  }

  #placeNode(text: string, isFirst: boolean): HTMLElement {
    if (isFirst) this.#places += 1;
    const place = this.#places - 1;
    // Not a button, whose text cannot be selected. Of the parts of a link, the first has the focus for all.
    const focus = isFirst ? { role: 'link', tabindex: 0 } : {};
    const node = leadsToEditor(element('a', { class: 'place', ...focus }, text));
    node.addEventListener('click', () => {
      this.#onOpenPlace(place);
    });
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.stopPropagation();
      this.#onOpenPlace(place);
    });
    return node;
  }
}

function runNodes(run: Run, links: readonly RunLink[], linker: Linker): Node[] {
  if (typeof run === 'string') return linker.nodes(run, links);
  const [text, style] = run;
  const className = classesOf(style);
  if (style.href !== undefined && isSafeLink(style.href)) return [linkNode(text, style.href, className)];
  const nodes = linker.nodes(text, links);
  return className === '' ? nodes : [element('span', { class: className }, ...nodes)];
}

/** VS Code's page around this one opens the link. Its text might not match its target, which the tooltip shows. */
function linkNode(text: string, link: string, className: string): Node {
  return element('a', { href: link, title: link, class: className === '' ? undefined : className }, text);
}

/** Colors are classes: the policy does not allow inline styles, and the style sheet keeps each color readable. */
function classesOf(style: TextStyle): string {
  const { fg, bg, inverse } = style;
  const classes: string[] = [];
  const front = inverse ? bg : fg;
  const back = inverse ? fg : bg;
  if (front !== undefined) classes.push(`a-${colorName(front)}`);
  if (back !== undefined) classes.push(`a-on-${colorName(back)}`);
  if (inverse && back === undefined) classes.push('a-inverse');
  if (style.bold) classes.push('a-b');
  if (style.dim) classes.push('a-dim');
  if (style.italic) classes.push('a-i');
  if (style.underline) classes.push('a-u');
  if (style.strike) classes.push('a-s');
  return classes.join(' ');
}

/** The theme has eight colors and two grays that are always readable; every other color becomes the nearest of them. */
function colorName(color: number): string {
  if (color === 8) return 'gray';
  if (color < 16) return names[color % 8] ?? 'white';
  if (color >= 232) return color < 238 ? 'black' : color < 250 ? 'gray' : 'white';
  const index = color - 16;
  const [red, green, blue] = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6];
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least <= 1) return most <= 1 ? 'black' : most >= 4 ? 'white' : 'gray';
  const strong = (level: number): number => (level > (most + least) / 2 ? 1 : 0);
  return names[strong(red) + 2 * strong(green) + 4 * strong(blue)] ?? 'white';
}
