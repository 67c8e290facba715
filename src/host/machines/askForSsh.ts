import * as vscode from 'vscode';
import { showInputBox } from '../showInputBox.js';
import type { AskUser } from './askPass.js';

/** Asks what ssh wants to know in an input box. Nothing is stored. */
export const askForSsh: AskUser = (prompt, { hidden, signal }) =>
  showInputBox({ title: vscode.l10n.t('ssh'), prompt: prompt.trim(), password: hidden }, signal);
