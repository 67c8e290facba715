import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Request } from '../../../protocol/worker.js';
import type { Place } from './compile/compile.js';
import { scriptNameOf } from './compile/origin.js';
import type { End } from './profiling.js';

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

/** Where a command ends in its file. */
export function endOf({ source }: { readonly source: string }, { filename, firstLine }: Place): End {
  const name = scriptNameOf(filename);
  return {
    url: path.isAbsolute(name) ? pathToFileURL(name).href : name,
    line: firstLine + source.split('\n').length - 1,
  };
}
