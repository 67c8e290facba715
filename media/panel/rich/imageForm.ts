import * as l10n from '@vscode/l10n';
import { element } from '../element.js';
import { EmptyFormError, type DrawnForm, type FormToDraw } from './drawnForm.js';
import { checkedDrawing, drawingUri } from './markup/drawing.js';
import { formName } from './formName.js';

/**
 * An image embedded in the page. An SVG is also an image here, not part of the document, so it runs no scripts and
 * loads nothing.
 * @throws EmptyFormError if it cannot be decoded.
 */
export async function imageForm({ form, data, label }: FormToDraw): Promise<DrawnForm> {
  const { mime, width, height } = form;
  const unreadable = new EmptyFormError(l10n.t('This output ({0}) cannot be read.', formName(mime)));
  if (mime !== 'image/svg+xml' && !/^[A-Za-z0-9+/=\s]+$/.test(data)) throw unreadable;
  // The size reserves the space before the image is loaded.
  const image = element('img', { class: 'image', alt: label, width, height, decoding: 'async' });
  image.src = mime === 'image/svg+xml' ? drawingUri(await checkedDrawing(data)) : `data:${mime};base64,${data}`;
  try {
    await image.decode();
  } catch {
    throw unreadable;
  }
  const node = element('div', { class: 'picture' }, image);
  const [shownWidth, shownHeight] = [width ?? image.naturalWidth, height ?? image.naturalHeight];
  return {
    node,
    facts: `${formName(mime)}, ${String(shownWidth)} × ${String(shownHeight)}`,
    copy: () => copyImage(image),
    zoom: {
      toggle: () => {
        const zoomed = node.classList.toggle('is-zoomed');
        // What scrolls must be reachable with the keyboard.
        if (zoomed) node.tabIndex = 0;
        else node.removeAttribute('tabindex');
        return zoomed;
      },
      canZoom: () => node.classList.contains('is-zoomed') || image.clientWidth < shownWidth,
    },
  };
}

/** Copies as PNG, whatever the format, because other programs accept no other format from a page. */
async function copyImage(image: HTMLImageElement): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': await pngOf(image, 1) })]);
}

/** An image as PNG, with that many pixels for each of its own. */
export async function pngOf(image: HTMLImageElement, scale: number): Promise<Blob> {
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  const canvas = element('canvas', { width, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  const png = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!png) throw new Error('The image could not be made a PNG.');
  return png;
}
