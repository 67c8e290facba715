/** How many steps from element to element the selectors of one output can take in total: about 50 ms. */
const MOST_STEPS = 500_000;
const LONGEST = 300;
/** The cost of a pseudo-class or an attribute, in steps. */
const CONDITION_STEPS = 2;

const identifier = String.raw`(?:[\w-]|[^\0-\x7f]|\\[\da-f]{1,6} ?|\\[^])+`;
const pseudoClasses =
  'first-child|last-child|only-child|first-of-type|last-of-type|only-of-type|nth-child|nth-last-child|nth-of-type|' +
  'nth-last-of-type|not|is|where|hover|focus|empty|link|visited|any-link|root|before|after|first-line|first-letter|' +
  'marker|lang|checked|enabled|disabled|active';
const simple = String.raw`\*|[.#]?${identifier}|\[[^\]"]*(?:"(?:[^"\\]|\\[^])*"[^\]"]*)?\]|::?(?:${pseudoClasses})(?![\w-])(?:\((?:[^()\s]|, )*\))?`;
const compound = new RegExp(`(?:${simple})+`, 'iy');
const combinator = / ([>+~]) | /y;
const part = new RegExp(simple, 'gi');

/**
 * Decides which selectors of an output's style sheet are used, before anything matches them: as many as their estimated
 * cost allows. Selectors that look at descendants or following siblings of an element, such as `:has`, are not used.
 */
export class SelectorBudget {
  /** The number of elements by id, class and name: `#id`, `.class`, `name`. */
  readonly #counts = new Map<string, number>();
  #elements = 0;
  #depth = 0;
  #siblings = 0;
  #left = MOST_STEPS;

  constructor(content: ParentNode) {
    this.#count(content, 1);
  }

  /** Those of a rule's selectors that can be used, or an empty string. Takes a `selectorText`. */
  affordable(selectors: string): string {
    const afforded: string[] = [];
    for (const selector of separate(selectors)) {
      const steps = this.#steps(selector);
      if (steps > this.#left) continue;
      this.#left -= steps;
      afforded.push(selector);
    }
    return afforded.join(', ');
  }

  #count(parent: ParentNode, depth: number): void {
    this.#depth = Math.max(this.#depth, depth);
    this.#siblings = Math.max(this.#siblings, parent.childElementCount);
    for (const child of parent.children) {
      this.#elements += 1;
      this.#add(child.localName.toLowerCase());
      if (child.id !== '') this.#add(`#${child.id}`);
      for (const name of child.classList) this.#add(`.${name}`);
      this.#count(child, depth + 1);
    }
  }

  #add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** `Infinity` for selectors that are never used. */
  #steps(selector: string): number {
    if (selector.length > LONGEST) return Infinity;
    let steps = 1;
    let last = '';
    for (let at = 0; at < selector.length;) {
      compound.lastIndex = at;
      [last = ''] = compound.exec(selector) ?? [];
      if (last === '') return Infinity;
      at += last.length;
      steps += CONDITION_STEPS * (last.match(/[:[]/g)?.length ?? 0);
      if (at === selector.length) break;
      combinator.lastIndex = at;
      const found = combinator.exec(selector);
      if (!found) return Infinity;
      at += found[0].length;
      const [, sign] = found;
      steps += sign === undefined ? this.#depth : sign === '~' ? this.#siblings : 1;
    }
    return steps * this.#matches(last);
  }

  /** The number of elements that a browser tries to match: it looks up the last part by id, class or name. */
  #matches(last: string): number {
    const parts = last.match(part) ?? [];
    const key =
      parts.find((one) => one.startsWith('#')) ??
      parts.find((one) => one.startsWith('.')) ??
      parts.find((one) => /^[\w-]/.test(one));
    if (key === undefined || key.includes('\\')) return this.#elements;
    return this.#counts.get(/^[.#]/.test(key) ? key : key.toLowerCase()) ?? 0;
  }
}

/** Splits at commas outside brackets and strings. */
function separate(selectors: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: sign, index } of selectors.matchAll(/"(?:[^"\\]|\\[^])*"|\\[^]|[()[\],]/g)) {
    if (/^[([]$/.test(sign)) depth += 1;
    else if (/^[)\]]$/.test(sign)) depth -= 1;
    else if (sign === ',' && depth === 0) {
      found.push(selectors.slice(from, index).trim());
      from = index + 1;
    }
  }
  return [...found, selectors.slice(from).trim()];
}
