import * as l10n from '@vscode/l10n';
import type { CommandState, ShownPause } from '../../../src/protocol/panelEntries.js';
import { icon, type IconName } from '../icons.js';
import { progressRing } from '../toolkit.js';

type Kind = CommandState['kind'];

/** A glyph and a word for each state. Success has no glyph, so that problems stand out. */
const looks: Record<Kind, { readonly glyph?: IconName | 'ring'; readonly word: () => string }> = {
  queued: { glyph: 'clockface', word: () => l10n.t('queued') },
  running: { glyph: 'ring', word: () => l10n.t('running') },
  paused: { glyph: 'debugPause', word: () => l10n.t('paused') },
  asking: { glyph: 'question', word: () => l10n.t('waiting for input') },
  done: { word: () => l10n.t('done') },
  failed: { glyph: 'error', word: () => l10n.t('failed') },
  interrupted: { glyph: 'stopCircle', word: () => l10n.t('interrupted') },
  died: { glyph: 'symbolEvent', word: () => l10n.t('died') },
  left: { glyph: 'clockface', word: () => l10n.t('continues elsewhere') },
  cancelled: { glyph: 'circleSlash', word: () => l10n.t('cancelled') },
};

export function stateGlyph(kind: Kind): Node[] {
  const { glyph } = looks[kind];
  if (glyph === undefined) return [];
  return [glyph === 'ring' ? progressRing() : icon(glyph)];
}

export function stateText(state: CommandState): string {
  if (state.kind === 'paused') return pauseText(state.at);
  if ('exitCode' in state) return l10n.t('exit code {0}', state.exitCode);
  return state.kind === 'died' ? l10n.t('died ({0})', deathText(state.detail)) : looks[state.kind].word();
}

function pauseText({ file, line }: ShownPause): string {
  return file === undefined ? l10n.t('paused at line {0}', line) : l10n.t('paused at line {0} of {1}', line, file);
}

/**
 * Translates how a process ended. The transcript, which may be saved and read in another language, contains it in
 * English.
 */
export function deathText(detail: string): string {
  const [, code] = /^exit code (\S+)$/.exec(detail) ?? [];
  if (code !== undefined) return l10n.t('exit code {0}', code);
  if (detail === 'saved while running') return l10n.t('saved while running');
  return detail === 'window reloaded' ? l10n.t('window reloaded') : detail;
}
