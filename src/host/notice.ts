import { sentences } from '../protocol/sentences.js';

/** An action that a notice offers as a button; the host runs the VS Code command of that name. */
export interface NoticeAction {
  readonly title: string;
  readonly vscodeCommand: string;
  readonly arguments?: readonly unknown[];
  readonly primary?: boolean;
}

/** A message to the user between commands: what happened and what to do. */
export interface Notice {
  readonly kind: 'died' | 'startFailed' | 'info';
  /** The session that it is about; all of them if absent. */
  readonly session?: string;
  readonly title: string;
  readonly detail: string;
  readonly actions: readonly NoticeAction[];
}

/** A notice on one line: its title, and the first line of its detail. */
export function noticeText({ title, detail }: Pick<Notice, 'title' | 'detail'>): string {
  return sentences(title, detail.split('\n', 1)[0] ?? '');
}
