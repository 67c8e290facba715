import * as l10n from '@vscode/l10n';
import { EmptyFormError } from '../drawnForm.js';

/** More than these take longer than 200 ms to be laid out. */
const MOST_ELEMENTS = 4500;
const DEEPEST = 200;
const MOST_ATTRIBUTES = 200;
/** Characters that are not Latin take longer to be turned into glyphs. */
const foreign = /[^\0-\u024f]/g;
const MOST_FOREIGN = 200_000;
/** Characters that begin or end text of another direction take quadratic time. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g;
const MOST_TURNS = 1000;

/** The browser crashes when it parses thousands of nested ones, whose contents are not among the elements. */
const template = /<template/gi;
const MOST_TEMPLATES = 100;

/** In characters. A few of them can make many elements: formatting that is not closed is repeated in each paragraph. */
const PIECE = 512;
const SLICE_MS = 20;

/**
 * Parses markup in pieces, into a document that runs nothing and loads nothing. Only the parser knows how many elements
 * there will be and how deep they are nested, so its result is checked after each piece.
 * @throws EmptyFormError if there are more or deeper elements than the page can lay out.
 */
export async function parseMarkup(markup: string): Promise<HTMLElement> {
  if (countOf(template, markup) > MOST_TEMPLATES) throw tooMany();
  const parsed = document.implementation.createHTMLDocument();
  const elements = parsed.getElementsByTagName('*');
  parsed.open();
  let until = performance.now() + SLICE_MS;
  for (let at = 0; at < markup.length; at += PIECE) {
    // oxlint-disable-next-line typescript/no-deprecated -- nothing else can be given markup piece by piece
    parsed.write(markup.slice(at, at + PIECE));
    if (elements.length > MOST_ELEMENTS) throw tooMany();
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE_MS;
  }
  parsed.close();
  check(parsed.body);
  return parsed.body;
}

function check(body: Element): void {
  const counts = new Counts();
  const checkElement = (element: Element, depth: number): void => {
    if (depth > DEEPEST) throw new EmptyFormError(l10n.t('This markup nests too deeply to be drawn.'));
    if (element.attributes.length > MOST_ATTRIBUTES)
      throw new EmptyFormError(l10n.t('This markup has too many attributes to be drawn.'));
    const { childNodes } = element instanceof HTMLTemplateElement ? element.content : element;
    for (const child of childNodes) {
      counts.add(child);
      if (child instanceof Element) checkElement(child, depth + 1);
    }
  };
  checkElement(body, 1);
}

class Counts {
  #nodes = 0;
  #foreign = 0;
  #turns = 0;

  /** Comments count like elements: they take as long to clean. Images, and what has a marker, take twice as long to lay out. */
  add(node: Node): void {
    if (!(node instanceof Text)) this.#nodes += isSlow(node) ? 2 : 1;
    else {
      this.#foreign += countOf(foreign, node.data);
      this.#turns += countOf(turns, node.data);
    }
    if (this.#nodes > MOST_ELEMENTS) throw tooMany();
    if (this.#foreign > MOST_FOREIGN || this.#turns > MOST_TURNS)
      throw new EmptyFormError(l10n.t('This markup has too much text to be drawn.'));
  }
}

function isSlow(node: Node): boolean {
  return [HTMLLIElement, HTMLDetailsElement, HTMLImageElement].some((kind) => node instanceof kind);
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}

function tooMany(): EmptyFormError {
  return new EmptyFormError(l10n.t('This markup has too many elements to be drawn.'));
}
