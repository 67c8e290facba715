import * as l10n from '@vscode/l10n';

/**
 * Loads the translations that the host put into the page, before anything is drawn. Without any, the texts are in
 * English.
 */
export function loadTranslations(): void {
  const contents = document.querySelector('#translations')?.textContent;
  if (contents) l10n.config({ contents });
}
