import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { linesOf } from './linesOf.js';

/** A file of Python source in a folder of the workspace. */
export interface SourceHere {
  /** With slashes, relative to the folder. */
  readonly name: string;
  readonly bytes: Buffer;
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
}

const MOST_FILES = 1000;
const MOST_BYTES = 10_000_000;
/** Larger files are data. */
const LARGEST = 1_000_000;
const ANY = '**/*.py';

/**
 * The sources in a folder, without those that Git ignores, and what nobody would send: hidden folders, environments and
 * packages, and files whose names say that there are secrets in them. Undefined if there are too many.
 */
export async function sourcesHere(folder: vscode.Uri): Promise<readonly SourceHere[] | undefined> {
  const root = folder.fsPath;
  const names = (await namesIn(folder)).filter(isSent).toSorted();
  if (names.length > MOST_FILES) return undefined;
  const sources: SourceHere[] = [];
  let left = MOST_BYTES;
  for (const name of names) {
    const file = path.join(root, name);
    const found = await lstat(file).catch(() => undefined); // Git also lists those that are deleted
    if (!found?.isFile() || found.size > LARGEST) continue;
    const bytes = await readFile(file);
    left -= bytes.length;
    if (left < 0) return undefined;
    sources.push({ name, bytes, digest: createHash('sha256').update(bytes).digest('hex') });
  }
  return sources;
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  const git = ['-C', folder.fsPath, '-c', 'core.quotePath=off', 'ls-files', '-co', '--exclude-standard', '--', '*.py'];
  const listed = await linesOf('git', git);
  if (listed.length > 0) return [...new Set(listed)]; // it lists a file in conflict three times
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, ANY), undefined, 10 * MOST_FILES);
  return found.map(({ fsPath }) => path.relative(folder.fsPath, fsPath).replaceAll(path.sep, '/'));
}

/** Whether a file is one that the user may want to send. */
export function isSent(name: string): boolean {
  const parts = name.split('/');
  return (
    name.endsWith('.py') &&
    !parts.some((part) => /^(?:\.|(?:node_modules|__pycache__|site-packages|v?env|python3\.\d+)$)/.test(part)) &&
    !/secret|credential|passw/i.test(parts.at(-1) ?? '')
  );
}
