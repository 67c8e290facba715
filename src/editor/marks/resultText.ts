import * as vscode from 'vscode';
import type { Outcome } from '../../protocol/output.js';
import { exitText } from '../../host/errorText.js';
import { oneLine } from './oneLine.js';
import { valueSummary } from './valueSummary.js';

/** The inline result of code. */
export interface ResultText {
  readonly kind: 'value' | 'error';
  readonly text: string;
}

/**
 * Undefined if there is nothing to show: the code has no value, or did not run.
 *
 * @param display what it has displayed last, in place of a value
 */
export function resultText(outcome: Outcome, display?: string): ResultText | undefined {
  switch (outcome.status) {
    case 'ok': {
      const text = outcome.result ? valueSummary(outcome.result) : display;
      return text === undefined ? undefined : { kind: 'value', text };
    }
    case 'error':
    case 'interrupted': {
      const { name, message } = outcome.error;
      const kind = outcome.status === 'error' ? 'error' : 'value'; // an interrupt is what its user wanted
      return { kind, text: oneLine(message ? `${name}: ${message}` : name) };
    }
    case 'died':
      return { kind: 'error', text: oneLine(vscode.l10n.t('The session ended: {0}', exitText(outcome))) };
    case 'cancelled':
      return undefined;
  }
}
