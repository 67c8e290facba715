export interface FlatRule {
  readonly selectors: string;
  readonly declarations: string;
}

const MOST_RULES = 4000;

/** Matches comments, strings and escapes as a whole, so that the time is linear. */
const mark = /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|\\[^]|[{};]/g;

/**
 * The rules of a style sheet that consist of selectors and declarations only, in order. Nested rules and at-rules are
 * left out: Chromium crashes when it parses thousands of nested rules.
 */
export function flatRules(css: string): FlatRule[] {
  const rules: FlatRule[] = [];
  let selectors = '';
  let text = '';
  let from = 0;
  let depth = 0;
  let isNested = false;
  for (const { 0: found, index } of css.matchAll(mark)) {
    const isComment = found.startsWith('/*');
    if (!isComment && !/^[{};]$/.test(found)) continue;
    text += css.slice(from, index);
    from = index + found.length;
    if (isComment) continue;
    if (found === ';' && depth > 0) {
      text += found;
      continue;
    }
    if (found === '{') {
      if (depth === 0) selectors = text;
      isNested = depth > 0;
      depth += 1;
    } else if (found === '}') {
      if (depth === 1 && !isNested && isFlat(selectors) && isFlat(text))
        rules.push({ selectors: selectors.trim(), declarations: text });
      if (rules.length === MOST_RULES) break;
      depth = Math.max(0, depth - 1);
    }
    text = '';
  }
  return rules;
}

/** Even a parser that tokenizes the text differently finds no nested rule in it. */
function isFlat(text: string): boolean {
  return !/[{}]|\/\*|^\s*@/.test(text);
}
