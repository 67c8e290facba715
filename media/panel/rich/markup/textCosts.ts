import { HELD_ATTRIBUTE } from './heldStyles.js';

/** Characters that are not Latin take longer to be turned into glyphs, and emoji twice as long. */
const foreign = /[^\0-\u024f]/g;
const emoji = /\u200d|\u20e3|\ufe0f|[\u{1f000}-\u{1faff}]/gu;
const MOST_FOREIGN = 200_000;

/**
 * Where a line ends, or may end: a narrow column has so many lines. Besides spaces, these are `-`, `?`, opening
 * brackets after other signs, letters of scripts without spaces, and what is neither a letter nor a digit; arrows,
 * boxes and Braille, of which programs make pictures, are none.
 */
const lineEnd = new RegExp(
  [
    String.raw`\n|[^\S\n]+|[-?]|(?<=[!-/:-@[-\x60{-~])[([{<]`,
    String.raw`[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1900-\u1cff\u2e80-\ufaff\uff00-\uffef\u{10000}-\u{3ffff}]`,
    String.raw`[^\0-\x7f\u2190-\u22ee\u2500-\u25ff\u2801-\u28ff\p{L}\p{M}\p{N}]`,
  ].join('|'),
  'gu',
);
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
/**
 * Such a style, or one that an escape or a comment hides, makes other elements parts of a line; what is `initial` is
 * `inline`. A block in a line has its own.
 */
const joinsBlocks =
  /inline(?!-(?:block|flex|grid|table|size|start|end)\b)|contents|ruby|\\|display\s*(?:\/\*|:\s*(?:\/\*|initial|unset|inherit|math|var\())/i;

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

/** A letter with so many marks takes quadratic time. */
const manyMarks = /\p{M}{500}/u;

/**
 * Where one font ends and another begins. A narrow paragraph takes time in proportion to the product of those and of
 * its lines.
 */
const fontEnd = /[\0-\u024f](?=[^\0-\u024f])|[^\0-\u024f](?=[\0-\u024f])/g;
const MOST_FONTS_TIMES_LINES = 50_000_000;

/** What is underlined: each line below a letter is interrupted where the letter crosses it. */
const underlined = 'a[href], abbr, del, ins, s, strike, u';
const underlines = /text-decoration[^;}]*:(?!\s*none)/i;
const MOST_UNDERLINED = 600_000;

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
  #hasManyMarks = false;
  #fontEnds = 0;
  #linesInParagraph = 0;
  #fontsTimesLines = 0;
  /** The lines below the letters, of all elements around them. */
  #underlines = 0;
  readonly #underlinesAll: boolean;
  #underlined = 0;
  #characters = 0;
  readonly #readFrom: number[] = [];
  #read = 0;

  constructor(root: Element, rules: string) {
    const held = Array.from(root.querySelectorAll(`[${HELD_ATTRIBUTE}]`), (node) => node.getAttribute(HELD_ATTRIBUTE));
    const styles = [rules, ...held].join(';');
    this.#endsAnywhere = endsAnywhere.test(styles);
    this.#joinsBlocks = joinsBlocks.test(styles);
    this.#underlinesAll = underlines.test(rules);
    this.#turnsAnyway = root.querySelector('[dir], bdo, bdi') !== null;
  }

  get isTooMuch(): boolean {
    return (
      this.#foreign > MOST_FOREIGN ||
      this.#hasManyMarks ||
      this.#lineEnds > MOST_LINE_ENDS ||
      this.#fontsTimesLines + this.#fontEnds * this.#linesInParagraph > MOST_FONTS_TIMES_LINES ||
      this.#underlined > MOST_UNDERLINED ||
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
    if (this.#isUnderlined(element)) this.#underlines += 1;
  }

  leave(element: Element): void {
    this.#boxes.pop();
    if (this.#isUnderlined(element)) this.#underlines -= 1;
    const read = this.#characters - (this.#readFrom.pop() ?? 0);
    if (/^auto$/i.test(element.getAttribute('dir') ?? '')) this.#read += read;
    if (this.#isBlock(element)) this.#newParagraph();
  }

  add(text: string): void {
    this.#characters += text.length;
    this.#foreign += countOf(foreign, text) + countOf(emoji, text);
    const ends = this.#endsAnywhere ? text.length : countOf(lineEnd, text);
    this.#hasManyMarks ||= manyMarks.test(text);
    this.#fontEnds += countOf(fontEnd, text);
    this.#linesInParagraph += ends;
    this.#underlined += text.length * this.#underlines;
    this.#lineEnds += ends * (1 + BOX * (this.#boxes.at(-1) ?? 0));
    this.#addTurns(countOf(turn, text));
    this.#brackets += countOf(bracket, text);
  }

  #isBlock({ localName }: Element): boolean {
    return !this.#joinsBlocks && blocks.has(localName);
  }

  #isUnderlined(element: Element): boolean {
    return (
      this.#underlinesAll || element.matches(underlined) || underlines.test(element.getAttribute(HELD_ATTRIBUTE) ?? '')
    );
  }

  #newParagraph(): void {
    this.#fontsTimesLines += this.#fontEnds * this.#linesInParagraph;
    this.#fontEnds = 0;
    this.#linesInParagraph = 0;
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
