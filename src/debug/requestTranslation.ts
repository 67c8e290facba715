import type { AdapterMessage } from './adapterStream.js';
import { type ExceptionFilters, exceptionsFor } from './exceptionFilters.js';

/** How the debugger is asked for what VS Code wants, and what becomes of its answer. */
export interface Translation {
  readonly request: AdapterMessage;
  /** The answer for VS Code, if it is another one. */
  readonly answer?: (answer: AdapterMessage) => AdapterMessage;
}

/** Translates between VS Code and pydevd what debugpy's own adapter, which is not here, would, and a little more. */
export function translated(request: AdapterMessage, exceptions: ExceptionFilters): Translation {
  switch (request.command) {
    case 'initialize':
      return { request, answer: (answer) => ({ ...answer, body: capabilities(answer.body, exceptions) }) };
    case 'stackTrace':
      return { request, answer: (answer) => counted(answer, request.arguments ?? {}) };
    case 'setExceptionBreakpoints': {
      const { wanted, breakpoints } = exceptionsFor(request.arguments ?? {}, exceptions.notClasses);
      return { request: { ...request, arguments: wanted }, answer: (answer) => ({ ...answer, body: { breakpoints } }) };
    }
    default:
      return { request };
  }
}

function capabilities(body: unknown, { filters }: ExceptionFilters): object {
  return {
    ...(body as object),
    // With frames in two parts, VS Code would go on to offer more of them after a step in the same function.
    supportsDelayedStackTraceLoading: false,
    completionTriggerCharacters: ['.'],
    supportsExceptionFilterOptions: true,
    exceptionBreakpointFilters: filters.map((filter) => ({ ...filter, supportsCondition: true })),
  };
}

interface StackArguments {
  readonly startFrame?: number;
  readonly levels?: number;
}

/** pydevd also counts frames that it hides, which VS Code would offer to load. */
function counted(answer: AdapterMessage, { startFrame = 0, levels = 0 }: StackArguments): AdapterMessage {
  const body = answer.body as { readonly stackFrames?: readonly unknown[] } | undefined;
  const count = body?.stackFrames?.length;
  if (count === undefined || (levels > 0 && count >= levels)) return answer;
  return { ...answer, body: { ...body, totalFrames: startFrame + count } };
}
