import { rasterSize } from '../../../../src/protocol/rasterSize.js';

const bitmap = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;

/** The number of pixels of a bitmap in a URI, before it is decoded; `Infinity` if it cannot be read. */
export function pixelsOf(uri: string): number {
  const [prefix] = bitmap.exec(uri) ?? [];
  if (prefix === undefined) return Infinity;
  try {
    const size = rasterSize(bytesOf(uri.slice(prefix.length)));
    return size ? size.width * size.height : Infinity;
  } catch (error) {
    if (error instanceof DOMException) return Infinity; // not base64
    throw error;
  }
}

/** @throws DOMException if it is not base64. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
