import {
  CancelledError,
  type ErrorCode,
  EvaluationError,
  EvaluatorNotFoundError,
  EvaluatorStartError,
  ExtSessionError,
  SessionDeadError,
  WorkingDirectoryError,
} from './errors.js';

/** An error as data, for another thread. */
export interface ErrorData {
  readonly message: string;
  readonly stack?: string | undefined;
  /** The properties of an ExtSessionError. */
  readonly ours?: { readonly code: ErrorCode; readonly name: string };
}

const classes = [
  CancelledError,
  EvaluationError,
  EvaluatorNotFoundError,
  EvaluatorStartError,
  SessionDeadError,
  WorkingDirectoryError,
];

export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return { message, stack, ...(error instanceof ExtSessionError ? { ours: Object.assign({}, error) } : {}) };
}

/** An error of the same class, code and message, with the caller's stack. */
export function errorFrom({ message, stack, ours }: ErrorData): Error {
  if (!ours) return new Error(message, { cause: stack });
  const error = new ExtSessionError(ours.code, message);
  Object.setPrototypeOf(error, (classes.find(({ name }) => name === ours.name) ?? ExtSessionError).prototype);
  return Object.assign(error, ours);
}
