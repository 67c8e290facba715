/** The top nodes of a tree in their order, each with everything that is drawn of it as text. */
export type TreePicture<Node> = ReadonlyMap<Node, string>;

/** The nodes to draw again; undefined for the whole tree, because there are other nodes or another order. */
export function treeChanges<Node>(before: TreePicture<Node>, now: TreePicture<Node>): readonly Node[] | undefined {
  const nodes = [...now.keys()];
  const isSameList = before.size === now.size && [...before.keys()].every((node, index) => node === nodes[index]);
  return isSameList ? nodes.filter((node) => before.get(node) !== now.get(node)) : undefined;
}
