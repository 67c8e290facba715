import * as l10n from '@vscode/l10n';
import { EmptyFormError, type DrawnForm } from './drawnForm.js';
import { checkPaint } from './markup/checkPaint.js';
import { isVisible, outputRoot } from './markup/outputRoot.js';
import { sanitize } from './markup/sanitize.js';
import { withoutSorting } from './tables/makeSortable.js';
import { dressTables } from './tables/dressTables.js';

/**
 * HTML that the user's code created: without scripts, in a separate tree, with its tables styled like those of the
 * panel.
 * @throws EmptyFormError if nothing is left to see.
 */
export async function htmlForm(data: string): Promise<DrawnForm> {
  const { content, rules } = await sanitize(data);
  if (!isVisible(content)) {
    throw new EmptyFormError(
      /<script\b/i.test(data)
        ? l10n.t('This HTML needs scripts, which do not run here.')
        : l10n.t('This HTML has no visible content.'),
    );
  }
  const { facts, text } = dressTables(content);
  const node = outputRoot(content, rules);
  return { node, facts, check: () => checkPaint(node), copy: () => copyMarkup(node, text) };
}

/** Copies as markup for word processors and spreadsheets, and as text for everything else. */
async function copyMarkup(node: HTMLElement, text: (() => string) | undefined): Promise<void> {
  const shown = withoutSorting(node.shadowRoot?.childNodes ?? []);
  const markup = shown.innerHTML;
  const plain = text?.() ?? shown.textContent.trim();
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob([markup], { type: 'text/html' }),
      'text/plain': new Blob([plain], { type: 'text/plain' }),
    }),
  ]);
}
