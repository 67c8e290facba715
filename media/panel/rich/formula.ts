import * as l10n from '@vscode/l10n';
import temml from 'temml';
import { EmptyFormError } from './drawnForm.js';

const limits = { maxExpand: 1000, maxSize: [20, 400], trust: false, throwOnError: true, strict: false } as const;

/** In characters. */
const LONGEST = 6000;

/**
 * A formula as MathML, which browsers and screen readers support, without fonts or styles. Must be sanitized like any
 * markup.
 * @throws temml's ParseError if it is not a formula, or needs packages; EmptyFormError if it would take too long.
 */
export function formulaMarkup(source: string, displayMode: boolean): string {
  if (source.length > LONGEST) throw new EmptyFormError(l10n.t('This formula is too long to be drawn.'));
  return temml.renderToString(source, { ...limits, maxSize: [...limits.maxSize], displayMode });
}
