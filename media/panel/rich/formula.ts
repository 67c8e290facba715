import temml from 'temml';

const limits = { maxExpand: 1000, maxSize: [20, 400], trust: false, throwOnError: true, strict: false } as const;

/**
 * A formula as MathML, which the browser draws and screen readers read; no fonts and no styles come with it. To be sanitised
 * as any markup.
 * @throws ParseError of temml's at what is no formula, or needs packages.
 */
export function formulaMarkup(source: string, displayMode: boolean): string {
  return temml.renderToString(source, { ...limits, maxSize: [...limits.maxSize], displayMode });
}
