const changesSize = /\\|transform|scale|rotate|zoom|offset|path/i;

/**
 * The patterns of a drawing whose content is as large as its numbers say. The more vertices such a one has, the longer
 * it takes to paint, which is checked when sizes are known; but not to lay out.
 */
export function plainPatterns(drawing: ParentNode, rules: string): Set<Element> {
  const sheets = Array.from(drawing.querySelectorAll('style'), ({ textContent }) => textContent);
  if (changesSize.test(rules + sheets.join())) return new Set();
  return new Set([...drawing.querySelectorAll('pattern')].filter(isPlain));
}

function isPlain(pattern: Element): boolean {
  return [pattern, ...pattern.querySelectorAll('*')].every(({ attributes }) =>
    [...attributes].every(({ name, value }) => {
      if (/style/i.test(name)) return !changesSize.test(value);
      return value === 'userSpaceOnUse' || !/transform|viewBox|units$|href/i.test(name);
    }),
  );
}
