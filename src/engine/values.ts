import { ExtSessionError } from './errors.js';

/**
 * An object without a counterpart here: its type, its text, and its pickle if it has one. The host never unpickles it.
 */
export interface RemoteValue {
  /** For example 'fractions.Fraction', or the name of a class in JavaScript. */
  readonly type: string;
  readonly repr: string;
  /** Only from Python, and only if the value can be pickled. */
  readonly pickle?: Uint8Array;
}

/** A NumPy array of plain numbers, in C order, or a typed array of JavaScript. */
export interface NumericArray {
  /** NumPy's name, such as 'float64'; `bool` arrives as bytes, `float16` as Float32Array. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** The arrays for the numbers. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** A value of the session's language, read without running code in the host. */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | readonly Value[]
  | ReadonlySet<Value>
  | ReadonlyMap<Value, Value>
  | { readonly [name: string]: Value }
  | NumericArray
  | RemoteValue;

const typedArrays: Readonly<Record<string, (buffer: ArrayBuffer) => TypedArray>> = {
  bool: (buffer) => new Uint8Array(buffer),
  int8: (buffer) => new Int8Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  float16: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber),
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
};

type Tagged = Readonly<Record<string, unknown>> & { readonly $: string };

/** The tags of the encoding, and how each is decoded. */
const readers: Readonly<Record<string, (tagged: Tagged) => Value>> = {
  int: ({ hex }) => readBigInt(String(hex)),
  float: ({ text }) => Number(String(text).replace('inf', 'Infinity')),
  bytes: ({ base64 }) => readBytes(base64),
  object: ({ items }) => {
    const object = Object.create(null) as Record<string, Value>;
    for (const [name, value] of items as [string, unknown][]) object[name] = decodeValue(value);
    return object;
  },
  map: ({ items }) => new Map((items as [unknown, unknown][]).map(([k, v]) => [decodeValue(k), decodeValue(v)])),
  set: ({ items }) => new Set((items as unknown[]).map(decodeValue)),
  ndarray: ({ dtype, shape, base64 }) => {
    const make = typedArrays[String(dtype)];
    if (!make) throw unreadable(`an array of ${String(dtype)}`);
    const bytes = readBytes(base64);
    const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return { dtype: String(dtype), shape: shape as number[], data: make(own) };
  },
  remote: ({ type, repr, pickle }) => ({
    type: String(type),
    repr: String(repr),
    ...(pickle === undefined ? {} : { pickle: readBytes(pickle) }),
  }),
};

/** Decodes a value: JSON as it is, and objects tagged with `$` for what JSON cannot express. */
export function decodeValue(encoded: unknown): Value {
  if (Array.isArray(encoded)) return encoded.map(decodeValue);
  if (typeof encoded !== 'object' || encoded === null) return encoded as Value;
  const tagged = encoded as Tagged;
  const reader = Object.hasOwn(readers, tagged.$) ? readers[tagged.$] : undefined;
  if (!reader) throw unreadable(`a value tagged '${tagged.$}'`);
  return reader(tagged);
}

function unreadable(what: string): ExtSessionError {
  return new ExtSessionError('VALUE_UNREADABLE', `The session sent ${what}, which this version cannot read.`);
}

function readBytes(base64: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(base64), 'base64'));
}

function readBigInt(hex: string): bigint {
  return hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`);
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
