import os from 'node:os';
import * as vscode from 'vscode';
import { issueReport } from '../export/issueReport.js';
import { packageVersions } from '../export/packageVersions.js';
import { withoutSecrets } from '../export/withoutSecrets.js';
import { fileVariables } from '../host/interpreters/fileVariables.js';
import { stripEscapes } from '../panel/terminal/stripEscapes.js';
import type { Output } from '../protocol/output.js';
import type { CommandContext } from './commandContext.js';
import { entryKey } from './entryCommands.js';

/**
 * Copies a command of the panel as Markdown for an issue: its source, output, errors, and the versions of what ran it.
 */
export async function copyIssueReport(context: CommandContext, argument: unknown): Promise<void> {
  const key = entryKey(argument);
  const command = key === undefined ? undefined : context.transcript.command(key);
  if (key === undefined || !command) return;
  const { transcript, log } = context;
  const errors: string[] = [];
  let output = '';
  for (const each of transcript.outputs(key)) {
    if (each.type === 'error') errors.push(stripEscapes(each.traceback));
    else output += stripEscapes(textOf(each));
  }
  const report = issueReport({
    source: command.source,
    languageId: command.languageId,
    output,
    errors,
    versions: [...interpreterOf(context, key), ...ownVersions(), ...(await packageVersions(filesIn(errors)))],
  });
  const uri = command.origin && vscode.Uri.parse(command.origin.uri, true);
  const env = { ...process.env, ...(await fileVariables(uri, log)) };
  await vscode.env.clipboard.writeText(withoutSecrets(report, { env, home: os.homedir() }));
}

function textOf(output: Exclude<Output, { type: 'error' }>): string {
  if (output.type === 'stream') return output.text;
  const text = output.data['text/plain'];
  return typeof text === 'string' ? `${text}\n` : '';
}

/** The files that tracebacks name. */
function filesIn(tracebacks: readonly string[]): string[] {
  const places = /File "([^"\n]{1,1000})", line|(?:\(|at )(?:file:\/\/)?((?:[A-Za-z]:)?[\\/][^\n()]{1,1000}):\d+:\d+/g;
  return tracebacks.flatMap((text) => Array.from(text.matchAll(places), ([, python, node]) => python ?? node ?? ''));
}

/** Of the session that ran the command, if it still has a process. */
function interpreterOf({ sessions, transcript }: CommandContext, key: number): [string, string][] {
  const info = sessions.find(transcript.sessionOf(key) ?? '')?.live()?.info;
  return info ? [[info.name, info.version]] : [];
}

function ownVersions(): [string, string][] {
  const manifest: unknown = vscode.extensions.getExtension('extsession.extsession')?.packageJSON;
  const { version = '' } = (manifest ?? {}) as { readonly version?: string };
  return [
    ['ExtSession', version],
    [vscode.env.appName, vscode.version],
    [os.type(), `${os.release()} (${os.arch()})`],
  ];
}
