import type { SeenVariables } from './seenVariables.js';
import type { ValueNode } from './variableNode.js';
import { arranged, type Arrangement } from './variableOrder.js';

/**
 * The lines of the variables. One that stays is the same object, so that VS Code draws only those that look different.
 */
export class RootNodes {
  #nodes: readonly ValueNode[] = [];
  #byName: ReadonlyMap<string, ValueNode> = new Map();

  get all(): readonly ValueNode[] {
    return this.#nodes;
  }

  /** Tells which lines look different now; undefined if lines have come, gone or moved. */
  update(seen: SeenVariables, how: Arrangement): ValueNode[] | undefined {
    const before = this.#nodes;
    const changed: ValueNode[] = [];
    this.#nodes = arranged(seen, how).map((variable) => {
      const { name } = variable;
      const isChanged = seen.isNew(name);
      const isPinned = how.pinned.includes(name);
      const text = isChanged ? seen.before(name) : undefined;
      const looks = { variable, isChanged, isPinned, before: text === variable.summary ? undefined : text };
      const known = this.#byName.get(name);
      if (!known) return { type: 'value', path: [name], code: name, ...looks };
      if (!isSame(known, looks)) changed.push(Object.assign(known, looks));
      return known;
    });
    const isInPlace = before.length === this.#nodes.length && before.every((node, at) => node === this.#nodes[at]);
    if (!isInPlace) this.#byName = new Map(this.#nodes.map((node) => [node.variable.name, node]));
    return isInPlace ? changed : undefined;
  }
}

type Looks = Pick<ValueNode, 'variable' | 'isChanged' | 'isPinned' | 'before'>;

function isSame(one: Looks, other: Looks): boolean {
  return (
    one.variable === other.variable &&
    one.isChanged === other.isChanged &&
    one.isPinned === other.isPinned &&
    one.before === other.before
  );
}
