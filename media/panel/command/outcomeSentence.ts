import * as l10n from '@vscode/l10n';
import type { CommandStatus, NoticeEntry, Part } from '../../../src/protocol/panelEntries.js';
import { sentences } from '../../../src/protocol/sentences.js';
import { deathText, stateText } from './stateLooks.js';

const LONGEST_VALUE = 100;

/** What is said of a notice. */
export function noticeSentence({ title, detail }: NoticeEntry): string {
  return sentences(title, detail);
}

/** The sentence when a file that runs in a process of its own has ended. */
export function runSentence(title: string, { state }: CommandStatus): string | undefined {
  if (state.kind === 'queued' || state.kind === 'running') return undefined;
  return l10n.t('{0}: {1}', title, stateText(state));
}

/** The sentence for screen readers when a command ends; undefined while it is queued or running. */
export function outcomeSentence(number: number, { state }: CommandStatus, parts: readonly Part[]): string | undefined {
  switch (state.kind) {
    case 'queued':
    case 'running':
      return undefined;
    case 'paused':
      return l10n.t('Command {0}: {1}', number, stateText(state));
    case 'asking':
      return l10n.t(
        'Command {0} is waiting for input: {1}',
        number,
        state.question.prompt.trim().slice(0, LONGEST_VALUE),
      );
    case 'done': {
      const value = parts.find((part) => part.type === 'value');
      const first = value && 'text' in value ? value.text.head[0] : undefined;
      return typeof first === 'string'
        ? l10n.t('Command {0}: {1}', number, first.slice(0, LONGEST_VALUE))
        : l10n.t('Command {0} done', number);
    }
    case 'failed': {
      const error = parts.findLast((part) => part.type === 'error');
      return error
        ? l10n.t('Command {0} failed: {1} {2}', number, error.name, error.message.slice(0, LONGEST_VALUE))
        : l10n.t('Command {0} failed', number);
    }
    case 'died':
      return l10n.t('Command {0} died ({1})', number, deathText(state.detail));
    case 'interrupted':
      return l10n.t('Command {0} interrupted', number);
    case 'left':
      return l10n.t('Command {0} continues elsewhere', number);
    case 'cancelled':
      return l10n.t('Command {0} cancelled', number);
  }
}
