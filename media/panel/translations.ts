import * as l10n from '@vscode/l10n';

/** Takes over the translations that the host put into the page; without any, texts stay English. Before anything is drawn. */
export function loadTranslations(): void {
  const contents = document.querySelector('#translations')?.textContent;
  if (contents) l10n.config({ contents });
}
