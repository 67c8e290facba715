import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import vm from 'node:vm';

/* oxlint-disable typescript/prefer-for-of -- that would call the user's iterator */
const { defineProperty, deleteProperty, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
const plainDescriptor = Reflect.getOwnPropertyDescriptor;

const globals = ['setImmediate', 'setTimeout', 'clearTimeout'] as const;
/** Of objects with many functions, those that the worker calls. */
const numeric = ['floor', 'max', 'min', 'round', 'sqrt'] as const;
const ofFiles = [
  ...['closeSync', 'existsSync', 'fstatSync', 'lstatSync', 'mkdirSync', 'openSync', 'readFileSync', 'readSync'],
  ...['rmSync', 'rmdirSync', 'statSync', 'unlinkSync', 'writeFileSync', 'writeSync'],
];
const ofPaths = ['basename', 'dirname', 'extname', 'isAbsolute', 'join', 'relative', 'resolve'] as const;
const ofBuffers = ['readUInt32BE', 'slice', 'subarray', 'toString', 'write', 'writeUInt32BE'] as const;
const notOurs = new Set<PropertyKey>(['constructor', 'prototype']);

interface Builtin {
  readonly holder: object;
  readonly name: PropertyKey;
  readonly value: unknown;
  readonly descriptor: PropertyDescriptor | undefined;
}

/** What the user has put in the place of a builtin, or added to every object; undefined is nothing. */
interface Change {
  readonly holder: object;
  readonly name: PropertyKey;
  readonly theirs: PropertyDescriptor | undefined;
  readonly ours: PropertyDescriptor | undefined;
}

const none: readonly Change[] = [];
/** The user's changes while they are out of place; undefined while they are in place. */
let hidden: readonly Change[] | undefined = none;

let builtins: readonly Builtin[] = [];
let areAllPlain = (): boolean => true;
let isKnown: (name: string | symbol) => boolean = () => true;

/**
 * Keeps the built-in functions that the worker calls as they are now, before the first code of the user. While code of
 * the worker runs, they are in place again: what the user has put in their place neither hears of us nor breaks us.
 */
export function keepBuiltins(): void {
  builtins = [...present(), ...absent()];
  areAllPlain = checker();
  const known = new Set(ownKeys(Object.prototype));
  isKnown = known.has.bind(known);
  hidden = undefined;
}

function present(): Builtin[] {
  const functions = [Object, Function, Array, String, Number, RegExp, Map, Set, WeakMap, Promise];
  const iterators = [[], '', new Map(), new Set()].map((one) => getPrototypeOf(one[Symbol.iterator]()));
  const holders = [
    ...functions,
    ...functions.map((one) => one.prototype as object),
    ...[Buffer, globalThis.JSON, Reflect, getPrototypeOf(Uint8Array.prototype), ...iterators],
  ].filter((holder) => holder !== null);
  const places = [
    ...holders.flatMap((holder) => ownKeys(holder).map((name) => [holder, name] as const)),
    ...globals.map((name) => [globalThis, name] as const),
    ...numeric.map((name) => [Math, name] as const),
    ...ofFiles.map((name) => [fs, name] as const),
    ...ofPaths.map((name) => [path, name] as const),
    ...['Script', 'compileFunction'].map((name) => [vm, name] as const),
    [util, 'inspect'] as const,
    ...ofBuffers.map((name) => [Buffer.prototype as object, name] as const),
    [process, 'nextTick'] as const,
  ];
  return places.flatMap(([holder, name]) => {
    const descriptor = descriptorOf(holder, name);
    if (typeof descriptor?.value !== 'function' || notOurs.has(name)) return [];
    return [{ holder, name, value: descriptor.value as unknown, descriptor }];
  });
}

/** What is not there, and would change our JSON. */
function absent(): Builtin[] {
  const prototypes: object[] = [Array, String, Number, Boolean].map((one) => one.prototype as object);
  return prototypes.map((holder) => ({ holder, name: 'toJSON', value: undefined, descriptor: undefined }));
}

/** Without a prototype, to which the user may have added something that would count. */
function descriptorOf(holder: object, name: PropertyKey): PropertyDescriptor | undefined {
  const found = plainDescriptor(holder, name);
  if (found) setPrototypeOf(found, null);
  return found;
}

/**
 * Tells whether all are in place. It is asked several times in each command, so each property is read by code of its
 * own, which the engine compiles to one comparison; a loop takes far longer.
 */
function checker(): () => boolean {
  const declared = builtins.map(
    (_, at) => `h${String(at)}=all[${String(at)}].holder,v${String(at)}=all[${String(at)}].value`,
  );
  const compared = builtins.map(({ name }, at) => {
    const member = typeof name === 'string' ? `.${name}` : `[all[${String(at)}].name]`;
    return `h${String(at)}${member}===v${String(at)}`;
  });
  const source = `const ${declared.join()};
return () => { for (const added in Object.prototype) return false; return ${compared.join('&&')}; }
//# sourceURL=${pathToFileURL(__filename).href}`; // which debuggers hide
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- nothing in it comes from elsewhere
    const build = new Function('all', 'Object', source) as (
      all: readonly Builtin[],
      object: typeof Object,
    ) => () => boolean;
    return build(builtins, Object);
  } catch {
    return () => false; // Node.js was told to run no code from strings: they are compared one by one
  }
}

/** Runs code of the worker, up to where it waits. */
export function withPlainBuiltins<Result>(run: () => Result): Result {
  if (hidden) return run();
  hide();
  try {
    return run();
  } finally {
    show();
  }
}

/** Runs code of the user in the middle of that of the worker. */
export function withUsersBuiltins<Result>(run: () => Result): Result {
  if (!hidden) return run();
  show();
  try {
    return run();
  } finally {
    if (!areBuiltinsPlain()) hide(); // unless SIGINT has ended the user's code in the middle of a call of ours
  }
}

/** Whether code of the worker runs. */
export function areBuiltinsPlain(): boolean {
  return hidden !== undefined;
}

function hide(): void {
  hidden = areAllPlain() ? none : changes();
  each(hidden, ({ holder, name, ours }) => {
    put(holder, name, ours);
  });
}

function show(): void {
  const changed = hidden ?? none;
  hidden = undefined;
  each(changed, ({ holder, name, theirs }) => {
    put(holder, name, theirs);
  });
}

function put(holder: object, name: PropertyKey, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor) defineProperty(holder, name, descriptor);
  else deleteProperty(holder, name);
}

/** Among the user's builtins: it calls none. */
function changes(): readonly Change[] {
  const found: Change[] = [];
  each(builtins, ({ holder, name, value, descriptor }) => {
    const theirs = descriptorOf(holder, name);
    if (theirs?.value !== value) found[found.length] = { holder, name, theirs, ours: descriptor };
  });
  const holder: object = Object.prototype;
  each(ownKeys(holder), (name) => {
    if (!isKnown(name)) found[found.length] = { holder, name, theirs: descriptorOf(holder, name), ours: undefined };
  });
  return found;
}

function each<Item>(items: readonly Item[], run: (item: Item) => void): void {
  for (let index = 0; index < items.length; index++) run(items[index] as Item);
}
