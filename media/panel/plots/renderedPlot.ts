import type { Plot } from '../../../src/protocol/plots.js';
import { EmptyFormError } from '../rich/drawnForm.js';
import { imageForm, pngOf } from '../rich/imageForm.js';

/** Drawings are sharp at twice their size, too. */
const SCALE_OF_DRAWINGS = 2;
/** A canvas of more would be empty. */
const MOST_PIXELS = 100_000_000;

/** A plot as PNG, in base64; undefined if it cannot be drawn. */
export async function renderedPlot({ mime, size }: Plot, data: string): Promise<string | undefined> {
  try {
    const { node } = await imageForm({ form: { mime, size }, data, label: '' });
    const image = node.querySelector('img');
    if (!image || image.naturalWidth * image.naturalHeight * SCALE_OF_DRAWINGS ** 2 > MOST_PIXELS) return undefined;
    return await base64(await pngOf(image, mime === 'image/svg+xml' ? SCALE_OF_DRAWINGS : 1));
  } catch (error) {
    if (error instanceof EmptyFormError) return undefined;
    throw error;
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('The image could not be read.'));
    };
    reader.readAsDataURL(blob);
  });
}
