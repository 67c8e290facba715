import * as l10n from '@vscode/l10n';
import type { CommandEntry, CommandState } from '../../../src/protocol/panelEntries.js';
import { stateText } from './stateLooks.js';

/** Whether its source is code, which can run again. */
export function hasCode(entry: CommandEntry): boolean {
  return entry.isRun !== true && entry.isText !== true && !isPrintedAtStart(entry);
}

/**
 * Whether it is what was printed as a session started, or late: not by a command of the window, so it has no source.
 */
export function isPrintedAtStart({ isStart, source }: CommandEntry): boolean {
  return isStart === true && source === '';
}

/** In the place of its source. */
export function captionOf(entry: CommandEntry): string {
  return entry.isLate
    ? l10n.t('Printed by an earlier command after its end')
    : l10n.t('Printed at the start of the session');
}

export function classOf(entry: CommandEntry): string {
  if (entry.isText) return 'cmd is-text';
  if (entry.isRun) return 'cmd is-run';
  if (isPrintedAtStart(entry)) return 'cmd is-start';
  return entry.isStart ? 'cmd is-startup' : 'cmd';
}

/** The label for screen readers. */
export function labelOf(entry: CommandEntry, state: CommandState): string {
  if (isPrintedAtStart(entry)) return captionOf(entry);
  if (entry.isText) return l10n.t('Markdown: {0}', entry.source);
  if (entry.isRun) return l10n.t('Run of {0}, {1}', entry.source, stateText(state));
  if (entry.isStart) return l10n.t('Startup commands, {0}', stateText(state));
  return l10n.t('Command {0}, {1}', entry.number, stateText(state));
}
