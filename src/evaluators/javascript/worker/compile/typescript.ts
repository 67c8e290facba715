import { transform } from 'sucrase';

const namespaceOpening = /^(?:.*;)?[ \t]*(?:export[ \t]+)?((?:namespace|module)[ \t]+([\w$.]+))\s*\{/gm;
const valueDeclaration = /\b(?:const|let|var|function|class|enum)\b/;

/** What can't be made JavaScript, with its place: the line counts from 1, the column from 0. */
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
 * JavaScript from TypeScript, line by line: types go, enums and parameter properties become code. Nothing is checked.
 * Throws SyntaxError with `loc`.
 */
export function stripTypes(source: string, { jsx }: { readonly jsx: boolean }): string {
  const { code } = transform(source, {
    transforms: jsx ? ['typescript', 'jsx'] : ['typescript'],
    production: true,
    disableESTransforms: true,
    keepUnusedImports: true, // the next command may be what uses them
  });
  refuseNamespaces(source, code);
  return withNewEnums(code);
}

/** Sucrase leaves out what is in a namespace, whether it is a type or not, and says nothing. */
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

/** The text up to the brace that closes a block, as far as counting braces tells. */
function blockAt(source: string, start: number): string {
  let depth = 1;
  let end = start;
  for (; end < source.length && depth > 0; end++) {
    if (source[end] === '{') depth++;
    else if (source[end] === '}') depth--;
  }
  return source.slice(start, end);
}

/** An enum that a command declares again begins anew; parts of one within a command stay together. */
function withNewEnums(code: string): string {
  const seen = new Set<string>();
  return code.replace(/\bvar ([\w$]+); \(function \(\1\) \{/g, (text, name: string) => {
    if (seen.has(name)) return text;
    seen.add(name);
    return text.replace(';', ' = undefined;');
  });
}
