import type { Variable } from '../protocol/output.js';

/** What a value is to users who look for one. */
export const variableKinds = ['table', 'collection', 'simple', 'object', 'function', 'class', 'module'] as const;
export type VariableKind = (typeof variableKinds)[number];

/** Not shown unless the user asks for them. */
export const usuallyHidden: readonly VariableKind[] = ['function', 'class', 'module'];

const typesOf: readonly (readonly [types: RegExp, kind: VariableKind])[] = [
  [/(DataFrame|DataArray|Dataset|LazyFrame|Series|ndarray|Tensor|_matrix|_array)$|^pyarrow\..*(Table|Array)$/, 'table'],
  [/^(?!Array$)\w+Array$/, 'table'],
  [/^(list|tuple|set|frozenset|dict|range|Array|Set|Map|Object)$|^collections\./, 'collection'],
  [
    /^(str|bytes|bytearray|string|int|float|complex|bool|number|bigint|boolean|NoneType|null|undefined|Date)$/,
    'simple',
  ],
  [/^numpy\.(u?int|float|complex|bool|str|bytes|datetime|timedelta)\w*$|^datetime\.|^decimal\.Decimal$/, 'simple'],
];

export function variableKind({ type, kind }: Variable): VariableKind {
  return kind ?? typesOf.find(([types]) => types.test(type))?.[1] ?? 'object';
}

const typed =
  /^(str|int|float|complex|bool|NoneType|string|number|bigint|boolean|null|undefined)$|^numpy\.(u?int|float|bool|str)\w*$/;

/** Whether it can be assigned a value that users type: a number, a text or the like. `code` leads to it. */
export function isSettable({ type, kind }: Variable, code: string): boolean {
  return kind === undefined && typed.test(type) && !code.endsWith(')'); // what a call returns has no place
}

/** Whether it may hold numbers in one or two dimensions. */
export function isPlottable({ type, size }: Variable): boolean {
  return (
    /(Series|ndarray|Tensor|ChunkedArray)$|^(list|tuple|\w*Array)$/.test(type) &&
    /^\d+( x \d+)?$/.test(size ?? '') &&
    size !== '0'
  );
}
