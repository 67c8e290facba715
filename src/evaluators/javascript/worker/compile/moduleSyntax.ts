import type { ImportDeclaration } from 'acorn';
import { withPlainBuiltins } from '../builtins.js';

/** The name in the global scope of the function that creates an `import.meta`. */
export const META = 'extsession.meta';

/**
 * The code for an `import` declaration: it waits for the module, and assigns to the names that it declares. A name that
 * the module does not export is an error, unless it may be a type.
 */
export function importing(
  node: ImportDeclaration,
  source: string,
  { tools, isTypeScript }: { readonly tools: string; readonly isTypeScript: boolean },
): { readonly code: string; readonly names: readonly string[] } {
  const textOf = ({ start, end }: { start: number; end: number }): string => source.slice(start, end);
  const attributes = node.attributes.map(({ key, value }) => `${textOf(key)}:${textOf(value)}`);
  const options = attributes.length > 0 ? `,{with:{${attributes.join()}}}` : '';
  const module = `(yield import(${textOf(node.source)}${options}))`;
  const parts = new Map<string, string>();
  let whole: string | undefined;
  for (const specifier of node.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === 'ImportNamespaceSpecifier') whole = local;
    else if (specifier.type === 'ImportDefaultSpecifier') parts.set(local, '"default"');
    else parts.set(local, nameOf(textOf(specifier.imported)));
  }
  const loaded = whole === undefined ? module : `(${whole}=${module})`;
  const wanted = [...parts.values()].join();
  const checked = isTypeScript ? loaded : `${tools}.require(${loaded},${textOf(node.source)},[${wanted}])`;
  const pattern = [...parts].map(([local, imported]) => `${imported}:${local}`).join();
  const names = node.specifiers.map(({ local }) => local.name);
  return { code: parts.size > 0 ? `;({${pattern}}=${checked});` : `;${loaded};`, names };
}

/** The module, which exports the given names. Throws SyntaxError, as Node.js does for a module that imports them. */
export function withExports(module: object, specifier: string, names: readonly string[]): object {
  withPlainBuiltins(() => {
    for (const name of names) {
      if (name in module) continue;
      throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'`);
    }
  });
  return module;
}

/** The code for `import.meta` in a file, or in code without a file. */
export function metaCode(filename: string): string {
  return `globalThis[Symbol.for("${META}")](${JSON.stringify(filename)})`;
}

function nameOf(text: string): string {
  return /^["']/.test(text) ? text : JSON.stringify(text);
}
