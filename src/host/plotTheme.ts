import * as vscode from 'vscode';
import type { PlotTheme } from '../protocol/worker.js';
import { setting } from './settings.js';

const { HighContrast, Dark } = vscode.ColorThemeKind;

/** The colors that plots are to be drawn in; undefined leaves them to the library that draws. */
export function plotTheme(): PlotTheme | undefined {
  if (setting('python.plotTheme') === 'library') return undefined;
  return [HighContrast, Dark].includes(vscode.window.activeColorTheme.kind) ? 'dark' : 'light';
}
