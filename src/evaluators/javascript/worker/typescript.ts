import { transform } from 'sucrase';

/**
 * JavaScript from TypeScript, line by line: types go, enums and parameter properties become code. Nothing is checked.
 * Throws SyntaxError with `loc`.
 */
export function stripTypes(source: string, { jsx }: { readonly jsx: boolean }): string {
  return transform(source, {
    transforms: jsx ? ['typescript', 'jsx'] : ['typescript'],
    production: true,
    disableESTransforms: true,
    keepUnusedImports: true, // the next command may be what uses them
  }).code;
}
