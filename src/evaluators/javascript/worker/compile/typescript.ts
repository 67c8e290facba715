import { getFormattedTokens, type Options, transform } from 'sucrase';
import { compileFully, type FullSource } from './fullCompiler.js';

export { aliasedPaths } from '../modules/aliases.js';

const namespaceOpening = /^(?:.*[;}])?[ \t]*(?:export[ \t]+)?((?:namespace|module)[ \t]+([\w$.]+))\s*\{/gm;
const valueDeclaration = /\b(?:const|let|var|function|class|enum)\b/;
/** Sucrase does not read decorators of parameters, and leaves others and accessors as they are. */
const leftSyntax = /@[\w$([]|\baccessor\b/;
const leftToken = /^(\d+):(\d+)-\S+ +(?:name +accessor|@ +(@)) /m;

interface Position {
  readonly line: number;
  readonly column: number;
}

/** What Sucrase leaves out or as it is. */
interface Left {
  readonly what: string;
  /** Whether the program would not be the same without it. */
  readonly isCode: boolean;
  readonly loc: Position;
}

/** Code that cannot become JavaScript, and its position: lines count from 1, columns from 0. */
class Unsupported extends SyntaxError {
  readonly isUnsupported = true;

  constructor(
    message: string,
    readonly loc: Position,
  ) {
    super(message);
  }
}

/** Where a source comes from, and what its compiler is if it needs one. */
export type Origin = Pick<FullSource, 'jsx' | 'folder' | 'spare'>;

/**
 * Converts TypeScript to JavaScript line by line: types are removed, enums and parameter properties become code.
 * Nothing is checked. Throws SyntaxError with `loc`.
 */
export function stripTypes(source: string, origin: Origin): string {
  const transforms: Options['transforms'] = origin.jsx ? ['typescript', 'jsx'] : ['typescript'];
  const keepUnusedImports = true; // a later command may use them
  const code = convert({ ...origin, source, as: 'command' }, { transforms, keepUnusedImports });
  return withNewEnums(code);
}

/**
 * Converts a module in TypeScript or JSX to JavaScript line by line. As compilers do, it leaves out imports that are
 * only used as types. Throws SyntaxError with `loc`.
 */
export function moduleWithoutTypes(
  source: string,
  { asCommonJs, ...origin }: Origin & { readonly asCommonJs: boolean },
): string {
  const { jsx } = origin;
  return convert(
    { ...origin, source, as: asCommonJs ? 'commonjs' : 'module' },
    {
      transforms: ['typescript', ...(jsx ? ['jsx' as const] : []), ...(asCommonJs ? ['imports' as const] : [])],
      jsxRuntime: /\bReact\b/.test(source) ? 'classic' : 'automatic',
    },
  );
}

/** Sucrase is small and fast; what it does not know is left to the compiler of the project. */
function convert(full: FullSource, options: Options): string {
  const all: Options = { ...options, production: true, disableESTransforms: true };
  let code: string;
  try {
    ({ code } = transform(full.source, all));
  } catch (error) {
    const compiled = full.source.includes('@') ? compileFully(full) : undefined;
    if (compiled === undefined) throw error;
    return compiled;
  }
  const needed = omittedNamespace(full.source, code) ?? syntaxLeft(full.source, all);
  if (!needed) return code;
  const compiled = compileFully(full);
  if (compiled !== undefined) return compiled;
  if (needed.isCode)
    throw new Unsupported(
      `${needed.what} needs the TypeScript compiler. Install it for your project (npm install --save-dev typescript), then run this again.`,
      needed.loc,
    );
  return code;
}

/** Sucrase silently omits the contents of namespaces, whether they are types or not. */
function omittedNamespace(source: string, code: string): Left | undefined {
  const lines = code.split('\n');
  let found: Left | undefined;
  for (const match of source.matchAll(namespaceOpening)) {
    const [text, declaration = '', name = ''] = match;
    const line = source.slice(0, match.index + text.length).split('\n').length;
    const first = source.slice(0, match.index).split('\n').length;
    if (lines.slice(first - 1, line).some((left) => left.includes(declaration))) continue;
    const isCode = valueDeclaration.test(blockAt(source, match.index + text.length));
    if (found && !isCode) continue;
    found = { what: `The namespace ${name}`, isCode, loc: { line: first, column: text.indexOf(declaration) } };
    if (isCode) return found;
  }
  return found;
}

/** Decorators, and accessors unless it is a name. */
function syntaxLeft(source: string, options: Options): Left | undefined {
  if (!leftSyntax.test(source)) return undefined; // which may be a comment or a text
  const [, line, column, decorates] = leftToken.exec(getFormattedTokens(source, options)) ?? [];
  if (line === undefined) return undefined;
  const loc = { line: Number(line), column: Number(column) - 1 };
  return { what: 'A decorator', isCode: decorates !== undefined, loc };
}

/** The text up to the brace that closes a block, found by counting braces. */
function blockAt(source: string, start: number): string {
  let depth = 1;
  let end = start;
  for (; end < source.length && depth > 0; end++) {
    if (source[end] === '{') depth++;
    else if (source[end] === '}') depth--;
  }
  return source.slice(start, end);
}

/** An enum that a later command declares again starts anew; parts of one in the same command are merged. */
function withNewEnums(code: string): string {
  const seen = new Set<string>();
  return code.replace(/\bvar ([\w$]+); \(function \(\1\) \{/g, (text, name: string) => {
    if (seen.has(name)) return text;
    seen.add(name);
    return text.replace(';', ' = undefined;');
  });
}
