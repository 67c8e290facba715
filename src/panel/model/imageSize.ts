import { Buffer } from 'node:buffer';
import type { DrawnType } from '../../protocol/panelForms.js';
import { rasterSize, type ImageSize } from '../../protocol/rasterSize.js';

/** The color profile and thumbnail of a photo come before its size; few are longer. */
const HEADER_CHARACTERS = 256 * 1024;

/** The size in pixels according to the header of an image, or undefined. `data` is base64, or the source of an SVG. */
export function imageSize(mime: DrawnType, data: string): ImageSize | undefined {
  if (mime === 'image/svg+xml') return svgSize(data.slice(0, 4096));
  const header = rasterSize(Buffer.from(data.slice(0, HEADER_CHARACTERS), 'base64'));
  return header ?? (data.length > HEADER_CHARACTERS ? rasterSize(Buffer.from(data, 'base64')) : undefined);
}

/** 1 pt is 4/3 px, as in CSS; other units are rare enough to be left to the browser. */
function svgSize(source: string): ImageSize | undefined {
  const root = /<svg\b[^>]*>/i.exec(source)?.[0] ?? '';
  const [width, height] = ['width', 'height'].map((name) => {
    const found = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(px|pt)?\\s*["']`, 'i').exec(root);
    return found && Number(found[1]) * (found[2]?.toLowerCase() === 'pt' ? 4 / 3 : 1);
  });
  if (width && height) return { width: Math.round(width), height: Math.round(height) };
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(root);
  return box ? { width: Math.round(Number(box[1])), height: Math.round(Number(box[2])) } : undefined;
}
