import ts from 'typescript';

/**
 * The library's declarations as a consumer reads them: all that a file of declarations exports, and what that speaks of,
 * in one text that needs nobody else's types. Members marked `@internal` are left out.
 *
 * @param {string} entry a `.d.ts` file
 * @param {{ module: string, entry: string }} [other] what `other.entry` exports comes from `other.module` instead
 */
export function selfContainedTypes(entry, other) {
  const program = ts.createProgram(other ? [entry, other.entry] : [entry], { types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const exported = exportsOf(entry);
  const elsewhere = other ? exportsOf(other.entry) : new Set();
  /** @type {Set<ts.Symbol>} */
  const imported = new Set();
  /** @type {Map<string, ts.Symbol>} */
  const reached = new Map();
  exported.forEach(reach);
  const statements = [...reached.values()].map((symbol) => {
    return statementsOf(symbol).map((node) => textOf(node, exported.has(symbol)));
  });
  return [
    ...(other ? [`import type { ${namesOf(imported)} } from '${other.module}';`] : []),
    ...statements.flat(),
    // without such a line all that a declaration file declares would be exported
    `export type { ${namesOf([...imported].filter((symbol) => exported.has(symbol)))} };\n`,
  ].join('\n');

  /** @param {string} file */
  function exportsOf(file) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} is no module.`);
    return new Set(checker.getExportsOfModule(module).map(original));
  }

  /** @param {ts.Symbol} symbol */
  function original(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  /** @param {ts.Symbol} symbol */
  function reach(symbol) {
    const statements = statementsOf(symbol);
    if (statements.length === 0) return;
    if (elsewhere.has(symbol)) {
      imported.add(symbol);
      return;
    }
    const namesake = reached.get(symbol.name);
    if (namesake === symbol) return;
    if (namesake) throw new Error(`Two things of the library's types are called ${symbol.name}.`);
    reached.set(symbol.name, symbol);
    statements.forEach(reachFrom);
  }

  /** @param {ts.Node} node */
  function reachFrom(node) {
    if (isInternal(node)) return;
    if (ts.isImportTypeNode(node)) throw new Error(`${node.getText()} is not followed; import its name.`);
    const symbol = ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
    if (symbol) reach(original(symbol));
    ts.forEachChild(node, reachFrom);
  }

  /**
   * The top-level statements of ours that declare a symbol; none for members, and for what the language brings.
   *
   * @param {ts.Symbol} symbol
   */
  function statementsOf(symbol) {
    const declarations = (symbol.declarations ?? []).map((node) =>
      ts.isVariableDeclaration(node) ? node.parent.parent : node,
    );
    return declarations.filter(
      (node) => ts.isSourceFile(node.parent) && !program.isSourceFileDefaultLibrary(node.parent),
    );
  }
}

/** @param {Iterable<ts.Symbol>} symbols */
function namesOf(symbols) {
  return [...symbols].map(({ name }) => name).join(', ');
}

/**
 * @param {ts.Node} node a statement
 * @param {boolean} isExported
 */
function textOf(node, isExported) {
  const source = node.getSourceFile();
  const members = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ? node.members : [];
  let text = '';
  let from = node.getStart();
  for (const member of members) {
    if (!isInternal(member)) continue;
    text += source.text.slice(from, member.getFullStart());
    // without any, there would be one that anybody may call
    if (ts.isConstructorDeclaration(member)) text += '\n    private constructor();';
    from = member.end;
  }
  text += source.text.slice(from, node.end);
  const comment = source.text.slice(node.getStart(source, true), node.getStart());
  const declare = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? '' : 'declare ';
  return `${comment}${isExported ? 'export ' : ''}${declare}${text.replace(/^((export|declare) )+/, '')}`;
}

/** @param {ts.Node} node */
function isInternal(node) {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}
