import type { FlatRule } from './flatRules.js';

const MOST_PROPERTIES = 1000;
const LONGEST_VALUE = 300;
const DEEPEST = 8;
/** In characters that are read, for everything in one output. */
const MOST_READ = 200_000;

const definition = /^\s*(--[\w-]{1,100})\s*:([^]{1,300})$/;
const reference = /var\(\s*(--[\w-]{1,100})\s*(,|\))/g;

/**
 * The custom properties of an output, replaced by their values before the rest is checked: the page's own properties
 * stay out of reach, and none grows beyond measure. As usual for such sheets, each property has one value, or one for
 * dark and one for light pages, whichever elements it is defined for.
 */
export class CustomProperties {
  readonly #values = new Map<string, string>();
  #left = MOST_READ;

  constructor(rules: readonly FlatRule[], isDark: boolean) {
    const ofTheme = isDark ? /dark/i : /light/i;
    const ofOther = isDark ? /light/i : /dark/i;
    const important = new Set<string>();
    for (const { selectors, declarations } of rules) {
      if (!declarations.includes('--') || ofOther.test(selectors)) continue;
      const isForTheme = ofTheme.test(selectors);
      for (const declaration of declarations.split(';')) {
        const [, name = '', value = ''] = definition.exec(declaration) ?? [];
        if (name === '' || (important.has(name) && !isForTheme) || this.#values.size >= MOST_PROPERTIES) continue;
        if (isForTheme) important.add(name);
        this.#values.set(name, value.replace(/!important\s*$/i, '').trim());
      }
    }
  }

  /** Declarations without references; one that refers to nothing is left out. */
  substitute(declarations: string): string {
    if (!declarations.includes('var(')) return declarations;
    return declarations
      .split(';')
      .map((declaration) => (declaration.includes('var(') ? (this.#substituted(declaration, 0) ?? '') : declaration))
      .join(';');
  }

  #substituted(text: string, depth: number): string | undefined {
    this.#left -= text.length;
    if (this.#left < 0 || depth > DEEPEST || text.length > LONGEST_VALUE) return undefined;
    let result = '';
    let copied = 0;
    for (const { 0: found, 1: name = '', 2: sign, index } of text.matchAll(reference)) {
      if (index < copied) continue; // in the fallback of the last one
      const open = index + found.length - 1;
      const end = sign === ')' ? open : closingBracket(text, open);
      if (end < 0) return undefined;
      const value = this.#values.get(name) ?? (sign === ',' ? text.slice(open + 1, end).trim() : undefined);
      const whole = value?.includes('var(') ? this.#substituted(value, depth + 1) : value;
      if (whole === undefined) return undefined;
      result += `${text.slice(copied, index)} ${whole} `; // it is a word of its own, as in CSS
      copied = end + 1;
      if (result.length > LONGEST_VALUE) return undefined;
    }
    return result + text.slice(copied);
  }
}

/** The bracket that closes the one before `from`, or -1. */
function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
