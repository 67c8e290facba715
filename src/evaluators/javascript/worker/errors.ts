import { inspect, types } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { ErrorInfo, ExceptionInfo, Frame } from '../../../protocol/output.js';
import { type Place, SourceError } from './compile/compile.js';
import { sourceLine } from './compile/programSources.js';
import { withoutVersion } from './reload/resolutions.js';
import { useColors } from './inspection/useColors.js';

/** The maximum number of related exceptions, and of the innermost frames of each. */
const MOST_RELATED = 50;
const MOST_FRAMES = 50;

const stackFrame = /^ +at (?:(.*?) \()?(?:(.*?):(\d+)(?::(\d+))?|native|<anonymous>|index \d+)\)?$/;

/** Anything that was thrown, as data. Runs the error's own inspection, and handles what that throws. */
export function describeError(error: unknown, place: Place): ErrorInfo {
  if (isOf(error, SourceError)) return describeSourceError(error, place);
  const info = describeException(error, new Set([error]));
  return { ...info, traceback: isError(error) ? tracebackOf(error) : `Uncaught ${info.message}\n` };
}

/** An exception with those related to it; those in `seen` are not repeated. */
function describeException(error: unknown, seen: Set<unknown>): ExceptionInfo {
  if (!isError(error)) {
    return { name: 'Uncaught', message: inspectionOf(() => inspect(error), '<message that throws>'), frames: [] };
  }
  const [cause] = related([inspectionOf(() => error.cause, undefined)], seen);
  const exceptions = related(
    inspectionOf(() => (isOf(error, AggregateError) ? [...(error.errors as unknown[])] : []), []),
    seen,
  );
  return {
    name: nameOf(error),
    message: inspectionOf(() => textOf(error.message), '<message that throws>'),
    frames: framesOf(inspectionOf(() => textOf(error.stack), '')),
    ...(cause ? { cause } : {}),
    ...(exceptions.length > 0 ? { exceptions } : {}),
  };
}

function related(errors: readonly unknown[], seen: Set<unknown>): ExceptionInfo[] {
  return errors.flatMap((error) => {
    if (!isError(error) || seen.has(error) || seen.size > MOST_RELATED) return [];
    const info = describeException(error, seen.add(error));
    return [{ ...info, frames: info.frames.slice(-MOST_FRAMES) }];
  });
}

/** Also one of another global scope. */
function isError(error: unknown): error is Error {
  return types.isNativeError(error) || isOf(error, Error);
}

/** `instanceof` for anything that was thrown: a proxy would notice. */
export function isOf<Type>(error: unknown, type: abstract new (...args: never[]) => Type): error is Type {
  return !types.isProxy(error) && inspectionOf(() => error instanceof type, false);
}

/** The text that a console shows for anything that was thrown, with its causes and its own properties. */
export function tracebackOf(error: unknown): string {
  const text = inspectionOf(() => inspect(error, { colors: useColors() }), 'an error that can’t be shown');
  return `${withoutVersion(text)}\n`;
}

function describeSourceError(
  { message, line, column }: SourceError,
  { filename, firstLine, source }: Place & { source?: string },
): ErrorInfo {
  const text = (source ?? '').split('\n')[line] ?? '';
  const frame: Frame = { file: filename, line: firstLine + line, column, function: '', source: text };
  const head = `${filename}:${String(firstLine + line)}\n${text}\n${' '.repeat(column)}^\n\n`;
  return { name: 'SyntaxError', message, traceback: `${head}SyntaxError: ${message}\n`, frames: [frame] };
}

/** The frames of a stack, outermost first, without those of Node's internals. */
function framesOf(stack: string): Frame[] {
  return stack.split('\n').flatMap(frameOf).reverse();
}

function frameOf(text: string): Frame[] {
  const [, called = '', place, line, column] = stackFrame.exec(text) ?? [];
  if (place === undefined || /^(async )?node:/.test(place)) return [];
  const file = place.replace(/^async /, '');
  // a stack may come from elsewhere
  const name = file.startsWith('file:') ? inspectionOf(() => fileURLToPath(file), file) : file;
  return [
    {
      file: name,
      line: Number(line),
      ...(column === undefined ? {} : { column: Math.max(0, Number(column) - 1) }),
      function: called.replace(/^async /, ''),
      ...sourceLine(name, Number(line)),
    },
  ];
}

function nameOf(error: Error): string {
  return inspectionOf(() => textOf(error.name), 'Error') || 'Error';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function inspectionOf<Result>(look: () => Result, otherwise: Result): Result {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
