import * as vscode from 'vscode';
import type { LanguageSession } from '../sessions/languageSession.js';
import type { SessionElsewhere } from '../sessions/kept/keptSessions.js';
import type { SessionStatus } from '../sessions/sessionStatus.js';
import { stateIcon } from '../status/stateIcon.js';
import { stateText } from '../status/stateText.js';
import { survivalText } from '../status/survivalText.js';
import { interpreterBeside } from '../../protocol/interpreterBeside.js';
import { durationText, memoryText } from '../amounts.js';

/** What stands in the view: a session, what it runs, a file that is attached to it, or a session of another window. */
export type SessionNode =
  | { readonly kind: 'session'; readonly session: string }
  | { readonly kind: 'running'; readonly session: string }
  | { readonly kind: 'file'; readonly session: string; readonly uri: string }
  | { readonly kind: 'elsewhere'; readonly elsewhere: SessionElsewhere };

export interface SessionFacts {
  readonly isCreated: boolean;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly memory: number | undefined;
  readonly now: number;
}

const interruptible: readonly SessionStatus['state'][] = [
  'starting',
  'connecting',
  'reconnecting',
  'busy',
  'asking',
  'paused',
  'interrupting',
];

/** A session with its interpreter, its state and its memory. */
export function sessionItem(session: LanguageSession, facts: SessionFacts): vscode.TreeItem {
  const { status, process } = session;
  const { isCreated, isCurrent, isOpen, memory, now } = facts;
  const elapsed = process?.running && durationText(now - process.running.startedAt);
  const state = [stateText(status), elapsed].filter(Boolean).join(' ');
  const amounts = memory === undefined ? [] : [memoryText(memory)];
  const item = new vscode.TreeItem(
    status.title,
    isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  item.id = session.id;
  // The end is cut off first: the state is what changes.
  const interpreter = interpreterBeside(status.title, status.interpreterLabel);
  item.description = [state, ...amounts, interpreter].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    stateIcon(status),
    status.state === 'dead' ? new vscode.ThemeColor('errorForeground') : undefined,
  );
  item.contextValue = contextOf(status.state, isCreated);
  item.command = {
    command: 'extsession.showSession',
    title: vscode.l10n.t('Show Session'),
    arguments: [{ session: session.id }],
  };
  item.tooltip = tooltip(session, state, facts);
  const shown = isCurrent ? [vscode.l10n.t('shown in the panel')] : [];
  const label = [status.title, state, ...amounts, status.interpreterLabel, ...shown].filter(Boolean).join(', ');
  item.accessibilityInformation = { label };
  return item;
}

/** For the `when` clauses of the actions on an item. */
function contextOf(state: SessionStatus['state'], isCreated: boolean): string {
  const words = ['session'];
  if (interruptible.includes(state)) words.push('interruptible');
  words.push(state === 'none' || state === 'dead' ? 'stopped' : 'live');
  if (isCreated) words.push('created');
  return words.join(' ');
}

function tooltip(session: LanguageSession, state: string, { memory }: SessionFacts): string {
  const { status, process } = session;
  return [
    `${status.title}: ${state}`,
    status.interpreterPath,
    process && vscode.l10n.t('Working directory: {0}', process.cwd),
    process?.pid === undefined ? undefined : vscode.l10n.t('Process: {0}', String(process.pid)),
    memory === undefined ? undefined : vscode.l10n.t('Memory: {0}', memoryText(memory)),
    process && survivalText(process.keepAliveMs),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** The first line of the running command, and since when it runs. */
export function runningItem(session: LanguageSession, now: number): vscode.TreeItem {
  const running = session.process?.running;
  const [line = ''] = /\S.*/.exec(running?.source ?? '') ?? [];
  const item = new vscode.TreeItem(line.slice(0, LONGEST_LINE) || vscode.l10n.t('running'));
  item.id = `${session.id} running`;
  item.iconPath = new vscode.ThemeIcon('play');
  item.contextValue = 'running';
  if (running) {
    const since = new Date(running.startedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    item.description = vscode.l10n.t('{0}, since {1}', durationText(now - running.startedAt), since);
    item.tooltip = running.source.slice(0, LONGEST_SOURCE);
  }
  return item;
}

const LONGEST_LINE = 200;
const LONGEST_SOURCE = 2000;

/** A file whose code runs in the session. */
export function fileItem(uri: string): vscode.TreeItem {
  const resource = vscode.Uri.parse(uri, true);
  const item = new vscode.TreeItem(resource);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'attachedFile';
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open File'), arguments: [resource] };
  return item;
}

/** A session that another window has left, or shows. */
export function elsewhereItem(session: SessionElsewhere): vscode.TreeItem {
  const { title, isShown, isToBeStopped, reference, launch } = session;
  const item = new vscode.TreeItem(title);
  const where = whereText(session);
  const language = reference.language === 'python' ? 'Python' : 'JavaScript';
  const beside = title === language ? [] : [language];
  item.id = `elsewhere ${reference.directory}`;
  item.description = isToBeStopped ? where : [...beside, where].join(' · ');
  item.iconPath = new vscode.ThemeIcon(isToBeStopped ? 'clock' : isShown ? 'window' : 'debug-disconnect');
  item.contextValue = 'sessionElsewhere';
  item.tooltip = [
    `${title}: ${where}`,
    launch.interpreter.path,
    vscode.l10n.t('Working directory: {0}', launch.cwd),
    vscode.l10n.t('Process: {0}', String(reference.pid)),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
  return item;
}

function whereText({ workspace, isShown, isToBeStopped }: SessionElsewhere): string {
  if (isToBeStopped) return vscode.l10n.t('to be stopped');
  return isShown ? vscode.l10n.t("open in the window '{0}'", workspace) : vscode.l10n.t("left by '{0}'", workspace);
}
