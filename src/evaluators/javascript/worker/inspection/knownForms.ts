import { types } from 'node:util';
import { withUsersBuiltins } from '../builtins.js';
import { descriptorOf } from './plainReads.js';

type Bundle = Record<string, string>;

const SVG = 'http://www.w3.org/2000/svg';
const typed = Reflect.getPrototypeOf(Uint8Array.prototype) ?? {};
const lengthOfBytes = Reflect.getOwnPropertyDescriptor(typed, 'length')?.get as () => number;
const setBytes = Reflect.getOwnPropertyDescriptor(typed, 'set')?.value as (from: Uint8Array) => void;
/** The first bytes of files that are images. */
const signatures: Readonly<Record<string, readonly number[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/gif': [0x47, 0x49, 0x46, 0x38],
};

/**
 * The forms of what libraries make for pages: elements (jsdom, linkedom), canvases, and the bytes of images. One that
 * cannot be read is a value like any other.
 */
export function knownForms(value: object): Bundle | undefined {
  if (types.isProxy(value)) return undefined;
  if (types.isUint8Array(value)) return imageBytes(value);
  try {
    return element(value) ?? canvas(value);
  } catch {
    return undefined;
  }
}

/** Of images that have at most so many bytes. Reads no property that a subclass could define. */
export function imageBytes(bytes: Uint8Array, most = Infinity): Bundle | undefined {
  const [type] =
    Object.entries(signatures).find(([, signature]) => signature.every((byte, index) => bytes[index] === byte)) ?? [];
  const length = Reflect.apply(lengthOfBytes, bytes, []);
  if (type === undefined || length > most) return undefined;
  const copy = new Uint8Array(length);
  Reflect.apply(setBytes, copy, [bytes]);
  return { [type]: Buffer.from(copy.buffer).toString('base64') };
}

function element(value: object): Bundle | undefined {
  if (!descriptorOf(value, 'outerHTML') || !descriptorOf(value, 'nodeType')) return undefined;
  const { nodeType, namespaceURI, outerHTML } = withUsersBuiltins(() => {
    const { nodeType: type, namespaceURI: space, outerHTML: markup } = value as Record<string, unknown>;
    return { nodeType: type, namespaceURI: space, outerHTML: markup };
  });
  if (nodeType !== 1 || typeof outerHTML !== 'string') return undefined;
  return { [namespaceURI === SVG ? 'image/svg+xml' : 'text/html']: outerHTML };
}

function canvas(value: object): Bundle | undefined {
  if (!descriptorOf(value, 'getContext') || typeof descriptorOf(value, 'toDataURL')?.value !== 'function')
    return undefined;
  const url = withUsersBuiltins(() => (value as { toDataURL(type: string): unknown }).toDataURL('image/png'));
  const [, data] = (typeof url === 'string' ? /^data:image\/png;base64,(.+)$/.exec(url) : undefined) ?? [];
  return data === undefined ? undefined : { 'image/png': data };
}
