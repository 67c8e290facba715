import * as v from 'valibot';
import type { ErrorInfo } from '../../protocol/output.js';
import { type WorkerMessage, workerMessages } from '../../protocol/worker.js';

type Kind = keyof typeof workerMessages;
/** Checked first, because trying one kind after the other takes longer than everything else. */
const tag = v.object({ t: v.picklist(Object.keys(workerMessages) as Kind[]) });

/** The part of a reply without which the next command cannot be sent. */
const ending = v.looseObject({
  t: v.literal('done'),
  id: v.number(),
  ends: v.array(v.picklist([0, 1])),
  next: v.number(),
});
const answer = v.looseObject({ t: v.literal('answer'), request: v.number() });

/** A worker's message after validation, or what is wrong with it. */
export interface Received {
  readonly message?: WorkerMessage;
  readonly problem?: string;
}

/**
 * Validates a message from the worker. Since something waits for a reply or an answer, an invalid one becomes a failure
 * that says so.
 */
export function receivedMessage(raw: unknown): Received {
  const kind = v.safeParse(tag, raw);
  if (!kind.success) return { problem: describeIssues(kind.issues) };
  const { success, output, issues } = v.safeParse(workerMessages[kind.output.t], raw);
  if (success) return { message: output };
  const problem = describeIssues(issues);
  if (v.is(ending, raw)) {
    const { id, ends, next } = raw;
    return { problem, message: { t: 'done', id, ends, next, status: 'error', error: unreadable(problem) } };
  }
  if (v.is(answer, raw)) return { problem, message: { t: 'answer', request: raw.request, error: problem } };
  return { problem };
}

function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const path = issue ? v.getDotPath(issue) : undefined;
  return `${path ? `${path}: ` : ''}${issue?.message ?? 'no message at all'}`;
}

function unreadable(problem: string): ErrorInfo {
  const message = `The evaluator's reply could not be read (${problem}). The command has ended; the session continues.`;
  return { name: 'UnreadableReply', message, traceback: `UnreadableReply: ${message}\n`, frames: [] };
}
