import { Tree, type SyntaxNode, type TreeBuffer } from '@lezer/common';

/** Trees share subtrees with each other and with those that are parsed after an edit, so each is examined only once. */
const known = new WeakMap<Tree, boolean>();

/** Whether the parser found an error. */
function holdsError(tree: Tree | TreeBuffer): boolean {
  if (!(tree instanceof Tree)) return bufferHoldsError(tree);
  let found = known.get(tree);
  if (found === undefined) {
    found = tree.type.isError || tree.children.some(holdsError);
    known.set(tree, found);
  }
  return found;
}

/** The first error that starts at an offset or after it. */
export function firstErrorFrom(tree: Tree, offset: number): SyntaxNode | undefined {
  if (!holdsError(tree)) return undefined;
  const cursor = tree.cursor();
  let found: SyntaxNode | undefined;
  do {
    if (cursor.type.isError && cursor.from >= offset) found = cursor.node;
  } while (!found && cursor.next(canHold(cursor.tree) && cursor.to >= offset));
  return found;
}

/** A node in a buffer has no tree of its own, but only has few nodes. */
function canHold(tree: Tree | null): boolean {
  return tree === null || holdsError(tree);
}

/** A buffer has four numbers for each node; the first is its type. */
function bufferHoldsError({ buffer, set }: TreeBuffer): boolean {
  for (let index = 0; index < buffer.length; index += 4) {
    if (set.types[buffer[index] ?? 0]?.isError) return true;
  }
  return false;
}
