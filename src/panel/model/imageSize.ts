import { Buffer } from 'node:buffer';
import type { DrawnType } from '../../protocol/panelForms.js';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The color profile and thumbnail of a photo can come before its size. */
const HEADER_CHARACTERS = 256 * 1024;
const MOST_PIXELS = 100_000;

/** The size in pixels according to the header of an image, or undefined. `data` is base64, or the source of an SVG. */
export function imageSize(mime: DrawnType, data: string): ImageSize | undefined {
  if (mime === 'image/svg+xml') return checked(svgSize(data.slice(0, 4096)));
  const bytes = Buffer.from(data.slice(0, mime === 'image/jpeg' ? HEADER_CHARACTERS : 64), 'base64');
  // IHDR is the first chunk (PNG 11.2.2); a GIF's size follows its signature (GIF89a 18).
  if (mime === 'image/png' && bytes.length >= 24)
    return checked({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) });
  if (mime === 'image/gif' && bytes.length >= 10)
    return checked({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) });
  return mime === 'image/jpeg' ? checked(jpegSize(bytes)) : undefined;
}

/** A 'start of frame' segment contains the size; the segments before it are skipped (ITU-T T.81 B.2). */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** 1 pt is 4/3 px, as in CSS; other units are rare enough to be left to the browser. */
function svgSize(source: string): ImageSize | undefined {
  const root = /<svg\b[^>]*>/i.exec(source)?.[0] ?? '';
  const [width, height] = ['width', 'height'].map((name) => {
    const found = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(px|pt)?\\s*["']`, 'i').exec(root);
    return found && Number(found[1]) * (found[2]?.toLowerCase() === 'pt' ? 4 / 3 : 1);
  });
  if (width && height) return { width, height };
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(root);
  return box ? { width: Number(box[1]), height: Number(box[2]) } : undefined;
}

function checked(size: ImageSize | undefined): ImageSize | undefined {
  if (!size) return undefined;
  const width = Math.round(size.width);
  const height = Math.round(size.height);
  return width > 0 && height > 0 && width <= MOST_PIXELS && height <= MOST_PIXELS ? { width, height } : undefined;
}
