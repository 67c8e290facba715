import * as l10n from '@vscode/l10n';

/** What stands above the outputs of a command that came after its end. */
export function lateText(): string {
  return l10n.t('Written after the command had ended:');
}
