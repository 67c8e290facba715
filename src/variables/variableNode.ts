import type { Variable, VariablePath } from '../protocol/output.js';

/** A line of the tree: a variable, a part of one, or a run of parts where there are many. */
export type VariableNode = ValueNode | RangeNode;

export interface ValueNode {
  readonly type: 'value';
  readonly path: VariablePath;
  readonly variable: Variable;
  /** The code whose value it is; absent if there is no such code. */
  readonly code?: string;
  readonly isChanged: boolean;
  /** With `isChanged`: the text of the value before, if there was one. */
  readonly before?: string | undefined;
  readonly isPinned?: boolean;
}

export interface RangeNode {
  readonly type: 'range';
  readonly whole: ValueNode;
  readonly start: number;
  readonly count: number;
}

/** How many lines open below one. */
export const PAGE = 100;

/** The runs that stand for `count` parts from `start`: each opens to at most a hundred lines. Undefined if they fit. */
export function rangesOf(whole: ValueNode, start: number, count: number): RangeNode[] | undefined {
  if (count <= PAGE) return undefined;
  let size = PAGE;
  while (size * PAGE < count) size *= PAGE;
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    type: 'range',
    whole,
    start: start + index * size,
    count: Math.min(size, count - index * size),
  }));
}

/** A part of a value that stands at a position. */
export function partOf(whole: ValueNode, position: number, variable: Variable): ValueNode {
  const code = whole.code === undefined || variable.code === undefined ? undefined : whole.code + variable.code;
  return {
    type: 'value',
    path: [...whole.path, position],
    variable,
    isChanged: false,
    ...(code === undefined ? {} : { code }),
  };
}
