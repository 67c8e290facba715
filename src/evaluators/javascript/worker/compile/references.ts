import type { AnyNode, Identifier } from 'acorn';
import { children, isFunction, namesIn } from './syntaxTree.js';

/** Where a name is read, and whether it stands for a property of that name as well, as in `{ name }`. */
export interface Reference {
  readonly node: Identifier;
  readonly isShorthand: boolean;
}

/**
 * The places in code that runs later (functions, initializers of fields) that read a name of the surroundings. None for
 * a name that the program declares or assigns to.
 */
export function referencesInFunctions(tree: AnyNode, names: readonly string[]): Reference[] {
  const wanted = new Set(names);
  const found: Reference[] = [];
  const look = (node: AnyNode, isInside: boolean): void => {
    for (const name of namesSetBy(node)) wanted.delete(name);
    const inside = isInside || isFunction(node) || node.type === 'PropertyDefinition';
    for (const child of children(node)) {
      if (isKeyOf(node, child)) continue;
      if (child.type !== 'Identifier') look(child, inside);
      else if (inside && wanted.has(child.name)) found.push({ node: child, isShorthand: isShorthand(node) });
    }
  };
  look(tree, false);
  return found.filter(({ node }) => wanted.has(node.name));
}

function namesSetBy(node: AnyNode): string[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return namesIn(node.left);
    case 'UpdateExpression':
      return node.argument.type === 'Identifier' ? [node.argument.name] : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? [] : namesIn(node.left);
    case 'VariableDeclarator':
      return namesIn(node.id);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [...(node.id ? [node.id.name] : []), ...node.params.flatMap(namesIn)];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    case 'CatchClause':
      return node.param ? namesIn(node.param) : [];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local.name];
    default:
      return [];
  }
}

/** Whether an identifier names a property, a method or a label, and no variable. */
function isKeyOf(node: AnyNode, child: AnyNode): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return child === node.property && !node.computed;
    case 'Property':
      return child === node.key && (!node.computed || node.shorthand) && (child !== node.value || node.kind !== 'init');
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return child === node.key && !node.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return child.type === 'Identifier';
    default:
      return false;
  }
}

function isShorthand(node: AnyNode): boolean {
  return node.type === 'Property' && node.shorthand;
}
