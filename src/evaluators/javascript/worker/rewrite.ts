import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type {
  AnyNode,
  ClassDeclaration,
  ExpressionStatement,
  ImportDeclaration,
  MetaProperty,
  Program as Tree,
  VariableDeclaration,
} from 'acorn';
import { Edits, type Rewritten } from './edits.js';
import { children, namesIn, waits } from './syntaxTree.js';

interface Result {
  readonly rewritten: Rewritten;
  readonly kind: 'script' | 'generator';
  readonly hasValue: boolean;
  readonly names: readonly string[];
}

/**
 * Makes a command of a program: its top-level declarations become variables of the global scope, whatever was declared there
 * before. With a top-level `await` or `import` it becomes an async generator that yields what it awaits, so that the worker
 * resumes it, and can interrupt it, after each wait.
 */
export function rewrite(source: string, tree: Tree, filename: string): Result {
  const rewriter = new Rewriter(source, tree, filename);
  return rewriter.run();
}

class Rewriter {
  private readonly edits: Edits;
  private readonly names = new Set<string>();
  private readonly functions: string[] = [];
  private readonly waits: boolean;
  private readonly last: ExpressionStatement | undefined;

  constructor(
    private readonly source: string,
    private readonly tree: Tree,
    private readonly filename: string,
  ) {
    this.edits = new Edits(source);
    this.waits = tree.body.some(waits);
    const last = tree.body.findLast(({ type }) => type !== 'EmptyStatement');
    this.last = last?.type === 'ExpressionStatement' ? last : undefined;
  }

  run(): Result {
    for (const statement of this.tree.body) this.visit(statement, true);
    if (this.waits) this.wrap();
    return {
      rewritten: this.edits.apply(),
      kind: this.waits ? 'generator' : 'script',
      hasValue: this.last !== undefined,
      names: [...this.names, ...this.functions],
    };
  }

  private wrap(): void {
    const declared = this.names.size > 0 ? `var ${[...this.names].join(',')};` : '';
    const exported = this.functions.map((name) => `globalThis.${name}=${name};`).join('');
    if (this.source.startsWith('#!')) this.edits.replace(0, 2, '//');
    this.edits.wrap(`${declared}(async function*(){${exported}`, '\n})');
  }

  /** What is done with each kind of node; the others are only looked through. */
  private readonly visitors: {
    readonly [Type in AnyNode['type']]?: (node: Extract<AnyNode, { type: Type }>, isTopLevel: boolean) => void;
  } = {
    VariableDeclaration: (node, isTopLevel) => {
      if (isTopLevel || node.kind === 'var') this.variables(node);
      this.visitChildren(node);
    },
    FunctionDeclaration: (node, isTopLevel) => {
      if (isTopLevel && node.id) this.functions.push(node.id.name);
      this.visitMeta(node);
    },
    FunctionExpression: (node) => this.visitMeta(node),
    ArrowFunctionExpression: (node) => this.visitMeta(node),
    StaticBlock: (node) => this.visitMeta(node),
    ClassDeclaration: (node, isTopLevel) => {
      if (isTopLevel && node.id) this.class(node);
      this.visitChildren(node);
    },
    ForStatement: (node) => this.loop(node, node.init),
    ForInStatement: (node) => this.loop(node, node.left),
    ForOfStatement: (node) => this.loop(node, node.left),
    ImportDeclaration: (node) => this.import(node),
    ExportAllDeclaration: (node) => this.edits.replace(node.start, node.end, ''),
    ExportNamedDeclaration: ({ start, end, declaration }) => {
      this.edits.replace(start, declaration?.start ?? end, '');
      if (declaration) this.visit(declaration, true);
    },
    ExportDefaultDeclaration: ({ start, declaration }) => this.exportDefault(start, declaration),
    AwaitExpression: (node) => {
      this.edits.replace(node.start, node.start + 'await'.length, '(yield (');
      this.visitChildren(node);
      this.edits.close(node.end, '))');
    },
    MetaProperty: (node) => this.meta(node),
    ExpressionStatement: (node) => this.expression(node),
  };

  private visit(node: AnyNode, isTopLevel = false): void {
    const visitor = this.visitors[node.type] as ((node: AnyNode, isTopLevel: boolean) => void) | undefined;
    if (visitor) visitor(node, isTopLevel);
    else this.visitChildren(node);
  }

  private exportDefault(start: number, declaration: AnyNode): void {
    const isNamed = 'id' in declaration && declaration.id !== null;
    this.edits.replace(start, declaration.start, isNamed ? ';' : ';(');
    this.visit(declaration, isNamed);
    if (!isNamed) this.edits.close(declaration.end, ')');
  }

  private visitChildren(node: AnyNode): void {
    for (const child of children(node)) this.visit(child);
  }

  /** Inside a function nothing but `import.meta` concerns the command. */
  private visitMeta(node: AnyNode): void {
    if (node.type === 'MetaProperty') this.meta(node);
    for (const child of children(node)) this.visitMeta(child);
  }

  private expression(node: ExpressionStatement): void {
    if (node === this.last && this.waits) {
      this.edits.open(node.start, 'return [');
      this.visitChildren(node);
      this.edits.close(node.expression.end, ']');
    } else this.visitChildren(node);
  }

  /** `const a = 1` becomes `var a = 1`, or an assignment where a function would keep the variable to itself. */
  private variables(node: VariableDeclaration): void {
    if (node.kind !== 'var' && node.kind !== 'let' && node.kind !== 'const') return; // `using` ends with the command
    this.declare(node);
    const keyword = node.start + node.kind.length;
    if (!this.waits) {
      this.edits.replace(node.start, keyword, 'var');
      for (const { id, init } of node.declarations)
        if (!init && node.kind === 'let') this.edits.close(id.end, ' = void 0');
      return;
    }
    this.edits.replace(node.start, keyword, ';(');
    for (const { id, init } of node.declarations) {
      if (init) continue;
      if (node.kind === 'let') this.edits.close(id.end, ' = void 0');
    }
    this.edits.close(node.declarations.at(-1)?.end ?? node.end, ')');
  }

  private loop(node: AnyNode, head: AnyNode | null | undefined): void {
    if (this.waits && head?.type === 'VariableDeclaration' && head.kind === 'var') {
      this.declare(head);
      const keyword = head.start + head.kind.length;
      this.edits.replace(head.start, keyword, '');
      for (const declarator of head.declarations) this.visitChildren(declarator);
    } else if (head) this.visitHead(head);
    for (const child of children(node)) if (child !== head) this.visit(child);
  }

  private visitHead(head: AnyNode): void {
    if (head.type !== 'VariableDeclaration') this.visit(head);
    else {
      if (head.kind === 'var') this.declare(head);
      for (const declarator of head.declarations) this.visitChildren(declarator);
    }
  }

  private class(node: ClassDeclaration): void {
    this.names.add(node.id.name);
    this.edits.open(node.start, this.waits ? `;${node.id.name} = ` : `var ${node.id.name} = `);
    this.edits.close(node.end, ';');
  }

  private import(node: ImportDeclaration): void {
    const attributes = node.attributes.map(
      ({ key, value }) => `${textOf(this.source, key)}:${textOf(this.source, value)}`,
    );
    const options = attributes.length > 0 ? `,{with:{${attributes.join()}}}` : '';
    const module = `(yield import(${textOf(this.source, node.source)}${options}))`;
    let whole: string | undefined;
    const parts: string[] = [];
    for (const specifier of node.specifiers) {
      const local = specifier.local.name;
      this.names.add(local);
      if (specifier.type === 'ImportNamespaceSpecifier') whole = local;
      else if (specifier.type === 'ImportDefaultSpecifier') parts.push(`default:${local}`);
      else parts.push(`${textOf(this.source, specifier.imported)}:${local}`);
    }
    const loaded = whole === undefined ? module : `(${whole}=${module})`;
    this.edits.replace(node.start, node.end, parts.length > 0 ? `;({${parts.join()}}=${loaded});` : `;${loaded};`);
  }

  private meta(node: MetaProperty): void {
    if (node.meta.name !== 'import') return;
    const isPath = path.isAbsolute(this.filename);
    const place = isPath
      ? { url: pathToFileURL(this.filename).href, filename: this.filename, dirname: path.dirname(this.filename) }
      : { url: pathToFileURL(path.join(process.cwd(), 'command')).href, dirname: process.cwd() };
    this.edits.replace(node.start, node.end, `(${JSON.stringify(place)})`);
  }

  private declare({ declarations }: VariableDeclaration): void {
    for (const { id } of declarations) for (const name of namesIn(id)) this.names.add(name);
  }
}

function textOf(source: string, { start, end }: { start: number; end: number }): string {
  return source.slice(start, end);
}
