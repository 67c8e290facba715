import { inspect, types } from 'node:util';

const MAX_DEPTH = 100;
const MAX_ITEMS = 2_000_000;
const MAX_BYTES = 256 << 20;

const arrayTypes: Readonly<Record<string, string>> = {
  Int8Array: 'int8',
  Uint8ClampedArray: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
  Float32Array: 'float32',
  Float64Array: 'float64',
};

/**
 * Encodes a value for the host: as JSON if possible, otherwise as a tagged object `{"$": kind, …}`. Throws RangeError
 * for cycles and for what is too deep or too large. A value without a counterpart is sent as its type and its text.
 */
export function encodeValue(value: unknown): unknown {
  return new Encoder().encode(value, 0);
}

class Encoder {
  readonly #open = new Set<object>();
  #items = 0;
  #bytes = 0;

  encode(value: unknown, depth: number): unknown {
    if (++this.#items > MAX_ITEMS)
      throw new RangeError(`The value has more than ${MAX_ITEMS} items; read it in parts.`);
    switch (typeof value) {
      case 'undefined':
        return null;
      case 'boolean':
        return value;
      case 'string':
        this.#count(value.length);
        return value;
      case 'number':
        return encodeNumber(value);
      case 'bigint':
        return { $: 'int', hex: value.toString(16) };
      case 'object':
        return value === null ? null : this.#object(value, depth);
      case 'function':
      case 'symbol':
        return this.#remote(value);
    }
  }

  #object(value: object, depth: number): unknown {
    if (types.isProxy(value)) return this.#remote(value);
    if (types.isAnyArrayBuffer(value)) return { $: 'bytes', base64: this.#base64(Buffer.from(value)) };
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (!isContainer(value)) return this.#remote(value);
    if (this.#open.has(value)) throw new RangeError('The value contains itself; read the parts that you need.');
    if (depth >= MAX_DEPTH) {
      throw new RangeError(`The value is nested more than ${MAX_DEPTH} levels deep; read it in parts.`);
    }
    this.#open.add(value);
    const encoded = this.#container(value, depth + 1);
    this.#open.delete(value);
    return encoded;
  }

  #container(value: object, depth: number): unknown {
    const each = (item: unknown): unknown => this.encode(item, depth);
    if (Array.isArray(value)) return Array.from(value, each);
    if (types.isSet(value)) return { $: 'set', items: Array.from(value, each) };
    if (types.isMap(value)) return { $: 'map', items: Array.from(value, ([key, item]) => [each(key), each(item)]) };
    return { $: 'object', items: Object.entries(value).map(([key, item]) => [key, each(item)]) };
  }

  #view(view: ArrayBufferView): unknown {
    const base64 = this.#base64(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
    const dtype = arrayTypes[view.constructor.name];
    if (types.isUint8Array(view)) return { $: 'bytes', base64 };
    if (dtype === undefined || !('length' in view)) return this.#remote(view);
    return { $: 'ndarray', dtype, shape: [view.length], base64 };
  }

  #remote(value: unknown): unknown {
    const repr = textOf(value);
    this.#count(repr.length);
    return { $: 'remote', type: typeName(value), repr };
  }

  #base64(bytes: Buffer): string {
    this.#count(bytes.length);
    return bytes.toString('base64');
  }

  #count(size: number): void {
    this.#bytes += size;
    if (this.#bytes > MAX_BYTES)
      throw new RangeError(`The value is larger than ${MAX_BYTES >> 20} MB; read it in parts.`);
  }
}

function encodeNumber(value: number): unknown {
  if (Object.is(value, -0)) return { $: 'float', text: '-0' };
  return Number.isFinite(value) ? value : { $: 'float', text: String(value).replace('Infinity', 'inf') };
}

function isContainer(value: object): boolean {
  if (Array.isArray(value) || types.isSet(value) || types.isMap(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function textOf(value: unknown): string {
  try {
    return inspect(value);
  } catch (error) {
    return `<a ${typeName(value)} whose inspection threw ${typeName(error)}>`;
  }
}

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return typeof value;
  const maker: unknown = value.constructor;
  return typeof maker === 'function' && maker.name ? maker.name : 'Object';
}
