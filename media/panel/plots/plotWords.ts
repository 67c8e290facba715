import * as l10n from '@vscode/l10n';
import type { Plot } from '../../../src/protocol/plots.js';
import { formName, sizeText } from '../rich/formName.js';

/** A plot in words, for users who cannot see it. */
export function plotLabel({ title, command }: Plot): string {
  return command === 0 ? l10n.t('Plot of {0}', title) : l10n.t('Plot of command {0}: {1}', command, title);
}

/** Why a plot is not drawn here. */
export function obstacleText({ mime, size, obstacle }: Plot): string | undefined {
  if (obstacle === 'scripts') return l10n.t('This chart needs scripts, which run on a separate page.');
  if (obstacle === 'lost') return l10n.t('This output ({0}) was too large to keep.', formName(mime));
  if (obstacle === 'large')
    return l10n.t(
      'This output ({0}, {1}) is too large to show here.',
      formName(mime),
      sizeText(size, mime !== 'image/svg+xml'),
    );
  return undefined;
}
