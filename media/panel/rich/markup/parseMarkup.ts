import * as l10n from '@vscode/l10n';
import { EmptyFormError } from '../drawnForm.js';
import { TextCosts } from './textCosts.js';

/** More than these take longer than 200 ms to be laid out. */
const MOST_ELEMENTS = 4500;
const DEEPEST = 200;
/** Formulas measure what is in them several times. */
const DEEPEST_FORMULA = 60;
const MOST_ATTRIBUTES = 200;

/** The browser crashes when it parses thousands of nested ones, whose contents are not among the elements. */
const template = /<template/gi;
const MOST_TEMPLATES = 100;

/** In characters. A few of them can make many elements: formatting that is not closed is repeated in each paragraph. */
const PIECE = 512;
const SLICE_MS = 20;

/**
 * Parses markup in pieces, into a document that runs nothing and loads nothing. Only the parser knows how many elements
 * there will be and how deep they are nested, so its result is checked after each piece. `rules` are those of its style
 * sheets.
 * @throws EmptyFormError if there is more than the page can lay out.
 */
export async function parseMarkup(markup: string, rules = ''): Promise<HTMLElement> {
  if ((markup.match(template)?.length ?? 0) > MOST_TEMPLATES) throw tooMany();
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
  check(parsed.body, rules);
  return parsed.body;
}

function check(body: Element, rules: string): void {
  const costs = new TextCosts(body, rules);
  let nodes = 0;
  const checkElement = (element: Element, depth: number, inFormula: number): void => {
    if (depth > DEEPEST || inFormula > DEEPEST_FORMULA)
      throw new EmptyFormError(l10n.t('This markup nests too deeply to be drawn.'));
    if (element.attributes.length > MOST_ATTRIBUTES)
      throw new EmptyFormError(l10n.t('This markup has too many attributes to be drawn.'));
    costs.enter(element);
    const { childNodes } = element instanceof HTMLTemplateElement ? element.content : element;
    for (const child of childNodes) {
      if (child instanceof Text) costs.add(child.data);
      else if ((nodes += weightOf(child, element)) > MOST_ELEMENTS) throw tooMany();
      if (child instanceof Element) checkElement(child, depth + 1, child instanceof MathMLElement ? inFormula + 1 : 0);
      if (costs.isTooMuch) throw new EmptyFormError(l10n.t('This markup has too much text to be drawn.'));
    }
    costs.leave(element);
  };
  checkElement(body, 1, 0);
}

/**
 * Comments count like elements: they take as long to clean. Images, and what has a marker, take twice as long to lay
 * out; the scripts of a symbol are placed beside all others of it.
 */
function weightOf(node: Node, parent: Element): number {
  if (parent.localName === 'mmultiscripts') return 20;
  return [HTMLLIElement, HTMLDetailsElement, HTMLImageElement].some((kind) => node instanceof kind) ? 2 : 1;
}

function tooMany(): EmptyFormError {
  return new EmptyFormError(l10n.t('This markup has too many elements to be drawn.'));
}
