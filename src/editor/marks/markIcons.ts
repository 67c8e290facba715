import * as vscode from 'vscode';
import type { MarkState } from './mark.js';

/** A gutter icon in colors for light and dark themes: gutter icons cannot use theme colors. */
export function gutterIcon(state: MarkState): vscode.DecorationRenderOptions {
  const { shape, light, dark } = icons[state];
  return { light: { gutterIconPath: picture(shape, light) }, dark: { gutterIconPath: picture(shape, dark) } };
}

const grey = { light: '#8a8a8a', dark: '#8a8a8a' };

/** Drawn in a square of 16 pixels. Success is the least prominent. */
const icons: Readonly<Record<MarkState, { shape: string; light: string; dark: string }>> = {
  queued: { ...grey, shape: '<circle cx="8" cy="8" r="3" fill="none" stroke-width="1.2"/>' },
  running: { light: '#0063b3', dark: '#4daafc', shape: '<path d="M5.5 4.2 12 8l-6.5 3.8z" stroke="none"/>' },
  paused: { light: '#b36b00', dark: '#ffb454', shape: '<path d="M6 4.5v7m4-7v7" fill="none" stroke-width="2"/>' },
  done: {
    light: '#4e8a4e',
    dark: '#6a9a6a',
    shape: '<path d="m4.6 8.4 2.3 2.3 4.5-5" fill="none" stroke-width="1.2"/>',
  },
  failed: { light: '#c72e0f', dark: '#f48771', shape: '<path d="m5 5 6 6m0-6-6 6" fill="none" stroke-width="1.3"/>' },
  interrupted: { ...grey, shape: '<rect x="5.5" y="5.5" width="5" height="5" stroke="none"/>' },
  stale: {
    ...grey,
    shape: '<path d="m4.6 8.4 2.3 2.3 4.5-5" fill="none" stroke-width="1.2" stroke-dasharray="1.4 1.4"/>',
  },
};

function picture(shape: string, color: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="${color}" stroke="${color}">${shape}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, true);
}
