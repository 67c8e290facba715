import type { Variable } from '../protocol/output.js';
import type { ValueNode } from './variableNode.js';

interface Seen {
  readonly variable: Variable;
  /** When it was last looked at, and when it had changed then. */
  readonly time: number;
  readonly changed: Pick<ValueNode, 'before'> & { readonly time: number };
}

const MOST = 5000;

/** The parts of open values as last seen. */
export class SeenParts {
  readonly #seen = new Map<string, Seen>();

  /**
   * Marks the part if it has changed since the last command, before which it was to be seen. `time` counts commands.
   */
  marked(node: ValueNode, whole: ValueNode, time: number): ValueNode {
    const id = JSON.stringify([whole.path, node.variable.name]);
    const known = this.#seen.get(id);
    const wasInSight = known !== undefined && known.time >= time - 1;
    const isOther = wasInSight && JSON.stringify(known.variable) !== JSON.stringify(node.variable);
    const before = isOther ? known.variable.summary : known?.changed.before;
    const changed = { time: isOther ? time : (known?.changed.time ?? 0), before };
    if (this.#seen.size >= MOST) this.#seen.clear();
    this.#seen.set(id, { variable: node.variable, time, changed });
    if (changed.time === 0 || changed.time !== time) return node;
    return { ...node, isChanged: true, before: before === node.variable.summary ? undefined : before };
  }

  /** There is another namespace now. */
  forget(): void {
    this.#seen.clear();
  }
}
