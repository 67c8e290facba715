import type { Request } from '../../../protocol/worker.js';
import type { Place } from './compile/compile.js';

/** Where the code of a request is, for tracebacks. */
export function placeOf(request: Request): Place {
  const id = String(request.id);
  if (request.t !== 'execute') return { filename: `<expression ${id}>`, firstLine: 1 };
  const { filename = `<command ${id}>`, firstLine = 1, language } = request;
  return { filename, firstLine, language };
}

export function sourceOf(request: Request): string {
  if (request.t === 'data') return '';
  return request.t === 'get' ? request.name : request.source;
}
