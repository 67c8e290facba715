import { transform } from 'sucrase';

export { aliasedPaths } from '../modules/aliases.js';

const namespaceOpening = /^(?:.*;)?[ \t]*(?:export[ \t]+)?((?:namespace|module)[ \t]+([\w$.]+))\s*\{/gm;
const valueDeclaration = /\b(?:const|let|var|function|class|enum)\b/;

/** Code that cannot become JavaScript, and its position: lines count from 1, columns from 0. */
class Unsupported extends SyntaxError {
  readonly isUnsupported = true;

  constructor(
    message: string,
    readonly loc: { readonly line: number; readonly column: number },
  ) {
    super(message);
  }
}

/**
 * Converts TypeScript to JavaScript line by line: types are removed, enums and parameter properties become code.
 * Nothing is checked. Throws SyntaxError with `loc`.
 */
export function stripTypes(source: string, { jsx }: { readonly jsx: boolean }): string {
  const { code } = transform(source, {
    transforms: jsx ? ['typescript', 'jsx'] : ['typescript'],
    production: true,
    disableESTransforms: true,
    keepUnusedImports: true, // a later command may use them
  });
  refuseNamespaces(source, code);
  return withNewEnums(code);
}

/**
 * Converts a module in TypeScript or JSX to JavaScript line by line. As compilers do, it leaves out imports that are only
 * used as types. Throws SyntaxError with `loc`.
 */
export function moduleWithoutTypes(
  source: string,
  { jsx, asCommonJs }: { readonly jsx: boolean; readonly asCommonJs: boolean },
): string {
  const { code } = transform(source, {
    transforms: ['typescript', ...(jsx ? ['jsx' as const] : []), ...(asCommonJs ? ['imports' as const] : [])],
    jsxRuntime: /\bReact\b/.test(source) ? 'classic' : 'automatic',
    production: true,
    disableESTransforms: true,
  });
  refuseNamespaces(source, code);
  return code;
}

/** Sucrase silently omits the contents of namespaces, whether they are types or not. */
function refuseNamespaces(source: string, code: string): void {
  const lines = code.split('\n');
  for (const match of source.matchAll(namespaceOpening)) {
    const [text, declaration = '', name = ''] = match;
    const line = source.slice(0, match.index + text.length).split('\n').length;
    const first = source.slice(0, match.index).split('\n').length;
    const isLeftOut = !lines.slice(first - 1, line).some((left) => left.includes(declaration));
    if (!isLeftOut || !valueDeclaration.test(blockAt(source, match.index + text.length))) continue;
    throw new Unsupported(`The namespace ${name} has values, which can't be run here; use an object.`, {
      line: first,
      column: text.indexOf(declaration),
    });
  }
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
