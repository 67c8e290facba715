import * as l10n from '@vscode/l10n';
import { EmptyFormError, type DrawnForm } from './drawnForm.js';
import { markdownMarkup } from './markdownMarkup.js';
import { checkPaint } from './markup/checkPaint.js';
import { isVisible, outputRoot } from './markup/outputRoot.js';
import { sanitize } from './markup/sanitize.js';
import { dressTables } from './tables/dressTables.js';

/**
 * Markdown. Markup in it is sanitized like any other.
 * @throws EmptyFormError if nothing is left to see, or it would take too long.
 */
export async function markdownForm(data: string): Promise<DrawnForm> {
  const { content, rules } = await sanitize(await markdownMarkup(data));
  if (!isVisible(content)) throw new EmptyFormError(l10n.t('This Markdown has no visible content.'));
  dressTables(content);
  const node = outputRoot(content, rules);
  return { node, facts: '', check: () => checkPaint(node) };
}
