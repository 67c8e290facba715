import type { AnyNode, ExpressionStatement, ForOfStatement, Program as Tree, VariableDeclaration } from 'acorn';
import { Edits, type Rewritten } from './edits.js';
import { closeForAwait, rewriteForAwait } from './forAwait.js';
import { moduleCode, moduleNames } from './fileModule.js';
import { importing, metaCode } from './moduleSyntax.js';
import { referencesInFunctions } from './references.js';
import { children, endOf, namesIn, waits } from './syntaxTree.js';

interface Result {
  readonly rewritten: Rewritten;
  readonly kind: 'script' | 'generator';
  readonly hasValue: boolean;
  readonly names: readonly string[];
}

export interface RewriteOptions {
  readonly filename: string;
  /** An import may be a type, which does not exist when the program runs. */
  readonly isTypeScript: boolean;
}

/**
 * Turns a program into a command: its top-level declarations become variables of the global scope, replacing earlier
 * ones. With a top-level `await`, `using` or `import`, it becomes a function that creates an async generator, which
 * yields what it awaits, so that the worker resumes it after each wait, and can interrupt it. Its functions are
 * declared before it runs.
 */
export function rewrite(source: string, tree: Tree, options: RewriteOptions): Result {
  const rewriter = new Rewriter(source, tree, options);
  return rewriter.run();
}

/** What it declares belongs to the command, and is disposed of at its end. */
function isUsing(node: AnyNode): boolean {
  return node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');
}

type FunctionNode = Extract<AnyNode, { type: 'FunctionDeclaration' }>;

class Rewriter {
  readonly #edits: Edits;
  readonly #source: string;
  readonly #tree: Tree;
  readonly #options: RewriteOptions;

  readonly #names = new Set<string>();
  readonly #functions: string[] = [];
  readonly #waits: boolean;
  readonly #isStrict: boolean;
  readonly #last: ExpressionStatement | undefined;
  readonly #tools: string;
  /** Statements in a list, which other statements may precede. */
  readonly #listed = new Set<AnyNode>();
  readonly #labels = new Map<AnyNode, readonly string[]>();
  /** The target of `continue LABEL` if the loop with that label was rewritten. */
  readonly #inner = new Map<string, string>();
  #loops = 0;

  constructor(source: string, tree: Tree, options: RewriteOptions) {
    this.#source = source;
    this.#tree = tree;
    this.#options = options;
    this.#edits = new Edits(source);
    this.#waits = tree.body.some((node) => waits(node) || isUsing(node));
    this.#isStrict = tree.body.some((node) => 'directive' in node && node.directive === 'use strict');
    const last = tree.body.findLast(({ type }) => type !== 'EmptyStatement');
    this.#last = last?.type === 'ExpressionStatement' ? last : undefined;
    this.#tools = 'tools_';
    while (source.includes(this.#tools)) this.#tools += '_';
  }

  run(): Result {
    this.#list(this.#tree.body);
    for (const statement of this.#tree.body) this.#visit(statement, true);
    this.#nameModules();
    if (this.#waits) this.#wrap();
    return {
      rewritten: this.#edits.apply(),
      kind: this.#waits ? 'generator' : 'script',
      hasValue: this.#last !== undefined,
      names: [...this.#names, ...this.#functions],
    };
  }

  /** A function finds what belongs to the file that defines it, whenever it is called. */
  #nameModules(): void {
    const { filename } = this.#options;
    if (!moduleNames.some((name) => this.#source.includes(name))) return;
    for (const { node, isShorthand } of referencesInFunctions(this.#tree, moduleNames)) {
      const code = moduleCode(filename, node.name);
      this.#edits.replace(node.start, node.end, isShorthand ? `${node.name}:${code}` : code);
    }
  }

  #wrap(): void {
    const declared = this.#names.size > 0 ? `var ${[...this.#names].join(',')};` : '';
    if (this.#source.startsWith('#!')) this.#edits.replace(0, 2, '//');
    this.#edits.wrap(`${declared}(async function*(${this.#tools}){`, '\n})');
  }

  /** The handling of each kind of node; others are only traversed. */
  readonly #visitors: {
    readonly [Type in AnyNode['type']]?: (node: Extract<AnyNode, { type: Type }>, isTopLevel: boolean) => void;
  } = {
    VariableDeclaration: (node, isTopLevel) => {
      const isOurs = isTopLevel || node.kind === 'var';
      if (isOurs && node.kind !== 'using' && node.kind !== 'await using') this.#variables(node);
      else this.#visitChildren(node);
    },
    FunctionDeclaration: (node, isTopLevel) => {
      if (isTopLevel && node.id) this.#function(node, node.id.name);
      else if (node.id) this.#innerFunction(node, node.id.name);
      this.#visitMeta(node);
    },
    FunctionExpression: (node) => this.#visitMeta(node),
    ArrowFunctionExpression: (node) => this.#visitMeta(node),
    StaticBlock: (node) => this.#visitMeta(node),
    ClassDeclaration: (node, isTopLevel) => {
      if (isTopLevel && node.id) this.#class(node, node.id.name);
      this.#visitChildren(node);
    },
    BlockStatement: (node) => {
      this.#list(node.body);
      this.#visitChildren(node);
    },
    SwitchCase: (node) => {
      this.#list(node.consequent);
      this.#visitChildren(node);
    },
    LabeledStatement: (node) => {
      this.#labels.set(node.body, [...(this.#labels.get(node) ?? []), node.label.name]);
      this.#visitChildren(node);
    },
    ContinueStatement: ({ label }) => {
      const inner = this.#inner.get(label?.name ?? '');
      if (label && inner !== undefined) this.#edits.replace(label.start, label.end, inner);
    },
    ForStatement: (node) => this.#loop(node, node.init),
    ForInStatement: (node) => this.#loop(node, node.left),
    ForOfStatement: (node) => {
      if (node.await) this.#forAwait(node);
      else this.#loop(node, node.left);
    },
    ImportDeclaration: (node) => {
      const { code, names } = importing(node, this.#source, { ...this.#options, tools: this.#tools });
      for (const name of names) this.#names.add(name);
      this.#edits.replace(node.start, node.end, code);
    },
    ExportAllDeclaration: (node) => this.#edits.replace(node.start, node.end, ''),
    ExportNamedDeclaration: ({ start, end, declaration }) => {
      this.#edits.replace(start, declaration?.start ?? end, '');
      if (!declaration) return;
      this.#listed.add(declaration);
      this.#visit(declaration, true);
    },
    ExportDefaultDeclaration: ({ start, declaration }) => this.#exportDefault(start, declaration),
    AwaitExpression: (node) => {
      this.#edits.replace(node.start, node.start + 'await'.length, '(yield (');
      this.#visitChildren(node);
      this.#edits.close(node.end, '))');
    },
    MetaProperty: (node) => {
      if (node.meta.name === 'import') this.#edits.replace(node.start, node.end, metaCode(this.#options.filename));
    },
    ExpressionStatement: (node) => this.#expression(node),
  };

  #visit(node: AnyNode, isTopLevel = false): void {
    const visitor = this.#visitors[node.type] as ((node: AnyNode, isTopLevel: boolean) => void) | undefined;
    if (visitor) visitor(node, isTopLevel);
    else this.#visitChildren(node);
  }

  #visitChildren(node: AnyNode): void {
    for (const child of children(node)) this.#visit(child);
  }

  /** Inside a function, only `import.meta` affects the command. */
  #visitMeta(node: AnyNode): void {
    if (node.type === 'MetaProperty') this.#visit(node);
    for (const child of children(node)) this.#visitMeta(child);
  }

  #list(statements: readonly AnyNode[]): void {
    for (const statement of statements) this.#listed.add(statement);
  }

  #exportDefault(start: number, declaration: AnyNode): void {
    const isNamed = 'id' in declaration && declaration.id !== null && declaration.type.endsWith('Declaration');
    this.#edits.replace(start, declaration.start, isNamed ? ';' : ';(');
    if (isNamed) this.#visit(declaration, true);
    else {
      if (declaration.type === 'FunctionDeclaration') this.#visitMeta(declaration);
      else if (declaration.type === 'ClassDeclaration') this.#visitChildren(declaration);
      else this.#visit(declaration);
      this.#edits.close(declaration.end, ')');
    }
  }

  #expression(node: ExpressionStatement): void {
    if (this.#waits && 'directive' in node) this.#edits.runTwice(node.start, node.end);
    if (!this.#waits || node !== this.#last) {
      // it becomes a parenthesis, which must not look like a call of what precedes it
      if (this.#listed.has(node) && this.#source.startsWith('await', node.start)) this.#edits.open(node.start, ';');
      this.#visitChildren(node);
      return;
    }
    this.#edits.open(node.start, 'return [(');
    this.#visitChildren(node);
    this.#edits.close(endOf(node, this.#source), ')]');
  }

  /** `const a = 1` becomes `var a = 1`, or an assignment if a function would make the variable local. */
  #variables(node: VariableDeclaration): void {
    this.#declare(node);
    const keyword = node.start + node.kind.length;
    const before = this.#listed.has(node) ? ';(' : '(';
    this.#edits.replace(node.start, keyword, this.#waits ? before : 'var');
    for (const { id, init } of node.declarations)
      if (!init && node.kind === 'let') this.#edits.close(id.end, ' = void 0');
    this.#visitChildren(node);
    if (!this.#waits) return;
    const end = endOf(node, this.#source);
    this.#edits.close(end, end === node.end ? ');' : ')');
  }

  #loop(node: AnyNode, head: AnyNode | null | undefined): void {
    if (head?.type === 'VariableDeclaration') {
      if (head.kind === 'var') this.#declareHead(head);
      for (const declarator of head.declarations) this.#visitChildren(declarator);
    } else if (head) this.#visit(head);
    for (const child of children(node)) if (child !== head) this.#visit(child);
  }

  #declareHead(head: VariableDeclaration): void {
    this.#declare(head);
    if (this.#waits) this.#edits.replace(head.start, head.start + head.kind.length, '');
  }

  #forAwait(node: ForOfStatement): void {
    const { left } = node;
    const isVar = left.type === 'VariableDeclaration' && left.kind === 'var';
    if (isVar) this.#declare(left);
    const target = this.#source.slice(isVar ? left.start + 'var'.length : left.start, left.end);
    const loop = `${this.#tools}${String(++this.#loops)}`;
    const labels = this.#labels.get(node) ?? [];
    rewriteForAwait(this.#edits, this.#source, node, { tools: this.#tools, loop, target });
    for (const label of labels) this.#inner.set(label, `${loop}_`);
    this.#visit(node.right);
    this.#visit(node.body);
    for (const label of labels) this.#inner.delete(label);
    closeForAwait(this.#edits, node, loop);
  }

  #function(node: AnyNode, name: string): void {
    this.#functions.push(name);
    if (this.#waits) this.#edits.runEarly(node.start, node.end);
  }

  /** In sloppy mode, a function in a block is also a variable of the whole program. */
  #innerFunction(node: FunctionNode, name: string): void {
    if (!this.#waits || this.#isStrict || node.async || node.generator || !this.#listed.has(node)) return;
    this.#names.add(name);
    this.#edits.close(node.end, `;this.${name}=${name};`);
  }

  #class(node: AnyNode, name: string): void {
    this.#names.add(name);
    this.#edits.open(node.start, this.#waits ? `;${name} = ` : `var ${name} = `);
    this.#edits.close(node.end, ';');
  }

  #declare({ declarations }: VariableDeclaration): void {
    for (const { id } of declarations) for (const name of namesIn(id)) this.#names.add(name);
  }
}
