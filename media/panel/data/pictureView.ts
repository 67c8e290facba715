import * as l10n from '@vscode/l10n';
import { element } from '../element.js';
import { pixelsOf } from '../rich/markup/bitmap.js';

/**
 * A picture, such as `image/png;base64,...`. Undefined if it has too many pixels: a small file can have very many, and
 * would take the page's time and memory. Undefined as well for what is no bitmap.
 */
export function pictureView(picture: string, mostPixels: number): HTMLImageElement | undefined {
  const source = `data:${picture}`;
  if (pixelsOf(source) > mostPixels) return undefined;
  return element('img', { src: source, alt: l10n.t('Picture') });
}
