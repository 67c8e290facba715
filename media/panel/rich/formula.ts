import temml from 'temml';

const limits = { maxExpand: 1000, maxSize: [20, 400], trust: false, throwOnError: true, strict: false } as const;

/**
 * A formula as MathML, which browsers and screen readers support, without fonts or styles. Must be sanitized like any
 * markup.
 * @throws temml's ParseError if it is not a formula, or needs packages.
 */
export function formulaMarkup(source: string, displayMode: boolean): string {
  return temml.renderToString(source, { ...limits, maxSize: [...limits.maxSize], displayMode });
}
