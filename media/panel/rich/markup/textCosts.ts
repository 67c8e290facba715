import { HELD_ATTRIBUTE } from './heldStyles.js';

/** Characters that are not Latin take longer to be turned into glyphs, and emoji twice as long. */
const foreign = /[^\0-\u024f]/g;
const emoji = /\u200d|\u20e3|\ufe0f|[\u{1f000}-\u{1faff}]/gu;
const MOST_FOREIGN = 200_000;

/** Where a line ends, or may end: a narrow column has so many lines. */
const lineEnd = /\n|[^\S\n]+|[\u00ad\u1100-\u11ff\u200b\u2e80-\ufaff\u{10000}-\u{3ffff}-]/gu;
const MOST_LINE_ENDS = 50_000;
/** With such a style, or one that an escape hides, a line may end anywhere. */
const endsAnywhere = /overflow-wrap|word-wrap|break-spaces|\\/i;

/** In these, a line is one box, not one for each element around it. */
const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th ' +
    'thead tr ul caption'
  ).split(' '),
);
/** A box of an element takes half as long as a line. */
const BOX = 0.5;
/** Such a style, or one that an escape hides, makes other elements parts of a line. A block in a line has its own. */
const joinsBlocks = /inline(?!-(?:block|flex|grid|table|size|start|end)\b)|contents|ruby|\\/i;

const rightToLeft = String.raw`\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}`;
/**
 * Where the direction changes: text from right to left up to other letters or digits, brackets, and characters that say
 * so.
 */
const turn = new RegExp(
  String.raw`[${rightToLeft}](?:[${rightToLeft}]|[^\p{L}\p{N}()[\]{}<>])*|[\u202a-\u202e\u2066-\u2069]`,
  'gu',
);
const bracket =
  /[()[\]{}<>\u2045\u2046\u207d\u207e\u2308-\u230b\u2329\u232a\u2768-\u2775\u27e6-\u27ef\u2983-\u2998\u3008-\u301b]/g;
/** In one paragraph, which takes quadratic time; and in all of them. */
const MOST_TURNS = 1000;
const MOST_TURNS_IN_ALL = 20_000;

/** In characters that are read to find the direction of an element, within one another. */
const MOST_READ = 2_000_000;

/** Adds up what makes text take long to lay out, element by element. */
export class TextCosts {
  readonly #endsAnywhere: boolean;
  readonly #joinsBlocks: boolean;
  readonly #turnsAnyway: boolean;

  #foreign = 0;
  #lineEnds = 0;
  /** The elements around the text that are part of its lines. */
  readonly #boxes: number[] = [];
  #turns = 0;
  #allTurns = 0;
  #isRightToLeft = false;
  #brackets = 0;
  #characters = 0;
  readonly #readFrom: number[] = [];
  #read = 0;

  constructor(root: Element, rules: string) {
    const held = Array.from(root.querySelectorAll(`[${HELD_ATTRIBUTE}]`), (node) => node.getAttribute(HELD_ATTRIBUTE));
    const styles = [rules, ...held].join(';');
    this.#endsAnywhere = endsAnywhere.test(styles);
    this.#joinsBlocks = joinsBlocks.test(styles);
    this.#turnsAnyway = root.querySelector('[dir], bdo, bdi') !== null;
  }

  get isTooMuch(): boolean {
    return (
      this.#foreign > MOST_FOREIGN ||
      this.#lineEnds > MOST_LINE_ENDS ||
      this.#turns + (this.#isRightToLeft ? this.#brackets : 0) > MOST_TURNS ||
      this.#allTurns > MOST_TURNS_IN_ALL ||
      this.#read > MOST_READ
    );
  }

  enter(element: Element): void {
    const isBlock = this.#isBlock(element);
    if (isBlock) this.#newParagraph();
    else if (element.hasAttribute('dir') || /^bd[io]$/.test(element.localName)) this.#addTurns(2);
    this.#boxes.push(isBlock ? 0 : (this.#boxes.at(-1) ?? 0) + 1);
    this.#readFrom.push(this.#characters);
  }

  leave(element: Element): void {
    this.#boxes.pop();
    const read = this.#characters - (this.#readFrom.pop() ?? 0);
    if (/^auto$/i.test(element.getAttribute('dir') ?? '')) this.#read += read;
    if (this.#isBlock(element)) this.#newParagraph();
  }

  add(text: string): void {
    this.#characters += text.length;
    this.#foreign += countOf(foreign, text) + countOf(emoji, text);
    const ends = this.#endsAnywhere ? text.length : countOf(lineEnd, text);
    this.#lineEnds += ends * (1 + BOX * (this.#boxes.at(-1) ?? 0));
    this.#addTurns(countOf(turn, text));
    this.#brackets += countOf(bracket, text);
  }

  #isBlock({ localName }: Element): boolean {
    return !this.#joinsBlocks && blocks.has(localName);
  }

  #newParagraph(): void {
    this.#turns = 0;
    this.#brackets = 0;
    this.#isRightToLeft = this.#turnsAnyway;
  }

  #addTurns(turns: number): void {
    this.#turns += turns;
    this.#allTurns += turns;
    this.#isRightToLeft ||= turns > 0;
  }
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
