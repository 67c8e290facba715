import { MOST_PIXELS } from '../../../../src/protocol/rasterSize.js';
import { EmptyFormError } from '../drawnForm.js';
import { bytesOf, pixelsOf } from './bitmap.js';
import { paintAllowance, type PaintAllowance } from './checkPaint.js';
import { checkedDrawing, drawingUri } from './drawing.js';

/** Each drawing is a page of its own to the browser. */
const MOST_DRAWINGS = 50;

const drawing = /^data:image\/svg\+xml([^,]*),/i;

/** Replaces images by their alternative text when they are too large to be decoded, or cannot be read. */
export async function checkImages(content: ParentNode): Promise<void> {
  let pixels = 0;
  let drawings = 0;
  const allowance = paintAllowance();
  for (const image of content.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (drawing.test(source)) {
      const checked = ++drawings > MOST_DRAWINGS ? undefined : await checkedUri(source, allowance);
      if (checked === undefined) image.replaceWith(image.alt);
      else image.src = checked;
    } else {
      pixels += pixelsOf(source);
      if (pixels > MOST_PIXELS) image.replaceWith(image.alt);
    }
  }
}

async function checkedUri(uri: string, allowance: PaintAllowance): Promise<string | undefined> {
  const [prefix = '', parameters = ''] = drawing.exec(uri) ?? [];
  try {
    const data = decodeURIComponent(uri.slice(prefix.length));
    const source = /;\s*base64\s*$/i.test(parameters) ? textOf(bytesOf(data)) : data;
    return drawingUri(await checkedDrawing(source, allowance));
  } catch (error) {
    if (error instanceof EmptyFormError || error instanceof URIError || error instanceof DOMException) return undefined;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
