import type { AnyNode, Pattern } from 'acorn';

/** Whether a statement waits at the level of the command: `await`, `for await`, `import`. */
export function waits(node: AnyNode): boolean {
  if (node.type === 'AwaitExpression' || node.type === 'ImportDeclaration') return true;
  if (node.type === 'ForOfStatement' && node.await) return true;
  if (isFunction(node)) return false;
  return children(node).some(waits);
}

/** Whether a node has its own scope for `var` and `await`. */
export function isFunction(node: AnyNode): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'StaticBlock'
  );
}

/** The end of a statement, without its semicolon. */
export function endOf({ start, end }: AnyNode, source: string): number {
  return end > start && source[end - 1] === ';' ? end - 1 : end;
}

/** The names that a pattern declares. */
export function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'MemberExpression':
      return []; // not in a declaration
  }
}

export function children(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value): value is AnyNode => typeof value === 'object' && value !== null && 'type' in value);
}
