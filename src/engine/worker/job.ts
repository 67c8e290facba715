import type { Outcome } from '../../protocol/output.js';
import type { Reply, Request } from '../../protocol/worker.js';
import { describeExit } from '../link/childProcess.js';
import { CancelledError, EvaluationError, NameNotFoundError, SessionDeadError } from '../errors.js';
import type { ResultsWriter } from '../resultsWriter.js';
import type { Ending } from './workerClient.js';

/** What is known of a request, which an earlier host may have sent. */
export type JobRequest = Request | { readonly id: number; readonly t: 'sent' };

/** A queued or running request. */
export interface Job {
  readonly request: JobRequest;
  readonly writer: ResultsWriter;
  /** For the host that goes on with the session. */
  readonly note?: unknown;
  readonly onInterrupt?: () => void;
  /** Settles the job; called exactly once. */
  readonly settle: (ending: JobEnding) => void;
}

/** How a job ends: with its request, without having run, or elsewhere, since this process has let go of the session. */
export type JobEnding = Ending | 'cancelled' | { readonly detached: Error };

/** When something happened elsewhere, in milliseconds since the epoch; undefined if it happens now. */
export type ReplyTime = () => number | undefined;

/** A job that settles its results with its outcome. Durations count from when it starts to run. */
export function commandJob(request: JobRequest, writer: ResultsWriter, repliedAt: ReplyTime = () => undefined): Job {
  let startedAt = 0;
  writer.onDidChangeState((state) => {
    if (state === 'running') startedAt = performance.now() - (Date.now() - (writer.startedAt ?? Date.now()));
  });
  const duration = (): number => {
    const at = repliedAt();
    if (at !== undefined && writer.startedAt !== undefined) return Math.max(0, at - writer.startedAt);
    return startedAt ? performance.now() - startedAt : 0;
  };
  return {
    request,
    writer,
    settle: (ending) => {
      if (typeof ending === 'object' && 'detached' in ending) {
        writer.abandon(ending.detached);
        return;
      }
      const durationMs = duration();
      const { usage, profile } = typeof ending === 'object' && 'reply' in ending ? ending.reply : {};
      writer.settle({
        executionCount: writer.executionCount,
        durationMs,
        ...(usage ? { usage: { wallMs: durationMs, ...usage } } : {}),
        ...(profile === undefined ? {} : { profile }),
        ...describeEnding(ending),
      });
      if (ending === 'cancelled' && !startedAt) writer.close();
    },
  };
}

/** A job that returns an encoded value. `asked` is what the caller named, for the error message. */
export function valueJob(
  { request, writer }: Pick<Job, 'request' | 'writer'>,
  asked: string,
  { resolve, reject }: { resolve: (encoded: unknown) => void; reject: (error: Error) => void },
): Job {
  return {
    request,
    writer,
    settle: (ending) => {
      if (ending === 'cancelled') reject(new CancelledError());
      else if ('detached' in ending) reject(ending.detached);
      else if ('death' in ending) reject(new SessionDeadError(describeExit(ending.death)));
      else if (ending.reply.status === 'missing') reject(new NameNotFoundError(asked));
      else if (ending.reply.status !== 'ok') reject(new EvaluationError(ending.reply.error));
      else resolve(ending.reply.value);
    },
  };
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type EndingOutcome = Without<Outcome, 'executionCount' | 'durationMs' | 'usage' | 'profile'>;

function describeEnding(ending: Ending | 'cancelled'): EndingOutcome {
  if (ending === 'cancelled') return { status: 'cancelled' };
  if ('death' in ending) return { status: 'died', ...ending.death };
  return describeReply(ending.reply);
}

function describeReply(reply: Reply): EndingOutcome {
  switch (reply.status) {
    case 'ok':
      return { status: 'ok', ...(reply.result ? { result: reply.result } : {}) };
    case 'error':
    case 'interrupted':
      return { status: reply.status, error: reply.error };
    case 'missing':
      return { status: 'ok' };
  }
}
