export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The most pixels of an image that are decoded: four bytes each. */
export const MOST_PIXELS = 64_000_000;

/**
 * The size in pixels according to the header of a PNG, GIF, WebP or JPEG, or undefined. The first bytes decide the
 * format, as they do in browsers.
 */
export function rasterSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    // IHDR is the first chunk (PNG 11.2.2); a GIF's size follows its signature (GIF89a 18).
    if (startsWith(bytes, 0, '\x89PNG')) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (startsWith(bytes, 0, 'GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return webpSize(bytes, view);
    return startsWith(bytes, 0, '\xff\xd8') ? jpegSize(view) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the data end too early
    throw error;
  }
}

/** Lossy (RFC 6386 9.1), lossless and extended (RFC 9649 3.4, 2.7) files state their size in different places. */
function webpSize(bytes: Uint8Array, view: DataView): ImageSize | undefined {
  if (startsWith(bytes, 12, 'VP8 '))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (startsWith(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!startsWith(bytes, 12, 'VP8X')) return undefined;
  const uint24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}

/** A 'start of frame' segment contains the size; the segments before it are skipped (ITU-T T.81 B.1.1.2, B.2). */
function jpegSize(view: DataView): ImageSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + text.length)) === text;
}
