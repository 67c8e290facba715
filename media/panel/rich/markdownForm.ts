import * as l10n from '@vscode/l10n';
import { Marked } from 'marked';
import { EmptyFormError, type DrawnForm } from './drawnForm.js';
import { isVisible, outputRoot } from './markup/outputRoot.js';
import { sanitize } from './markup/sanitize.js';
import { dressTables } from './tables/dressTables.js';

/** The checkboxes of task lists cannot be changed here, so they are characters. */
const renderer = { checkbox: ({ checked }: { checked: boolean }): string => (checked ? '☑ ' : '☐ ') };

/**
 * GitHub's Markdown, with formulas. Markup in it is sanitized like any other.
 * @throws EmptyFormError if nothing is left to see.
 */
export async function markdownForm(data: string): Promise<DrawnForm> {
  const marked = new Marked({ gfm: true, async: false, renderer });
  if (data.includes('$')) marked.use({ extensions: (await import('./markdownFormulas.js')).formulas });
  const { content, rules } = await sanitize(marked.parse(data, { async: false }));
  if (!isVisible(content)) throw new EmptyFormError(l10n.t('This Markdown has no visible content.'));
  dressTables(content);
  return { node: outputRoot(content, rules), facts: '' };
}
