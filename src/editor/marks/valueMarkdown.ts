import { stripVTControlCharacters } from 'node:util';
import * as vscode from 'vscode';
import type { MimeBundle } from '../../protocol/output.js';
import { fenced } from '../../text/fenced.js';

/** The maximum size of a hover; larger ones slow VS Code down. */
const MAX_CHARACTERS = 20_000;
const MAX_IMAGE_CHARACTERS = 500_000;

/** The forms of a value that a hover can show: its image, if it has one, and its text, which contains no markup. */
export function valueMarkdown(bundle: MimeBundle): vscode.MarkdownString[] {
  return [...imageOf(bundle), ...textOf(bundle)];
}

function textOf(bundle: MimeBundle): vscode.MarkdownString[] {
  const coloured = bundle['text/plain'];
  if (typeof coloured !== 'string') return [];
  const text = stripVTControlCharacters(coloured);
  const shown = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}\n…` : text;
  return [new vscode.MarkdownString(fenced(shown, 'python'))];
}

function imageOf(bundle: MimeBundle): vscode.MarkdownString[] {
  for (const type of ['image/png', 'image/jpeg', 'image/gif']) {
    const data = bundle[type];
    if (typeof data !== 'string' || data.length > MAX_IMAGE_CHARACTERS) continue;
    const base64 = data.replace(/\s/g, '');
    if (/^[A-Za-z\d+/]+=*$/.test(base64)) return [new vscode.MarkdownString(`![](data:${type};base64,${base64})`)];
  }
  return [];
}
