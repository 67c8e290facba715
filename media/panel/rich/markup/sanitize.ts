import * as l10n from '@vscode/l10n';
import createPurifier, { type Config } from 'dompurify';
import { HELD_ATTRIBUTE, holdStyles } from './heldStyles.js';
import { EmptyFormError } from '../drawnForm.js';
import { checkImages } from './embeddedImages.js';
import { expandedSize } from './expandedSize.js';
import { limitSpans } from '../tables/limitSpans.js';
import { parseMarkup } from './parseMarkup.js';

/*
 * The only file that uses DOMPurify. It allows what a document needs: no scripts, no forms, no frames, no media,
 * nothing that is loaded from anywhere, no roles or labels that could imitate the panel's own.
 */

const config: Config & { readonly RETURN_DOM_FRAGMENT: true } = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true, mathMl: true },
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ADD_ATTR: [HELD_ATTRIBUTE],
  ADD_URI_SAFE_ATTR: [HELD_ATTRIBUTE],
  FORBID_TAGS: [
    ...['style', 'form', 'input', 'button', 'select', 'option', 'optgroup', 'textarea', 'datalist', 'fieldset'],
    ...['legend', 'output', 'meter', 'dialog', 'menu', 'audio', 'video', 'source', 'track', 'picture'],
    ...['map', 'area', 'marquee', 'blink', 'image', 'feimage', 'slot', 'template'],
  ],
  FORBID_ATTR: [
    ...['style', 'role', 'tabindex', 'accesskey', 'autofocus', 'contenteditable', 'popover', 'popovertarget', 'is'],
    ...['name', 'for', 'usemap', 'ping', 'download', 'target', 'srcset', 'sizes', 'background', 'slot', 'part'],
    ...['exportparts', 'poster', 'nonce', 'action', 'formaction', 'inert', 'draggable', 'cite', 'longdesc', 'xmlns'],
  ],
  RETURN_DOM_FRAGMENT: true,
};

/** Elements, with those that are drawn again by reference. */
const MOST_EXPANDED = 20_000;

const purifier = createPurifier(window);
const embedded = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;
/** Paint, masks and filters must come from the same drawing. */
const inDrawing = /^url\(['"]?#[\w.-]+['"]?\)$/i;
/** Links must lead outside of VS Code: not to a command, a file or a place in the page. */
const link = /^(?:https?:\/\/|mailto:)/i;

purifier.addHook('uponSanitizeAttribute', (node, event) => {
  const { attrName, attrValue } = event;
  if (attrName === 'src') event.keepAttr = node.nodeName === 'IMG' && embedded.test(attrValue);
  else if (/(?:^|:)href$/.test(attrName))
    event.keepAttr = (node instanceof HTMLAnchorElement ? link : /^#/).test(attrValue);
  else if (attrName === 'filter' || (attrName !== HELD_ATTRIBUTE && /url\s*\(/i.test(attrValue)))
    event.keepAttr = inDrawing.test(attrValue);
});

export interface SanitizedMarkup {
  /** Runs nothing and loads nothing. */
  readonly content: DocumentFragment;
  /** The rules of its style sheets, unchecked. */
  readonly rules: string;
}

/**
 * Sanitizes untrusted markup.
 * @throws EmptyFormError if it is more than the page can lay out.
 */
export async function sanitize(markup: string): Promise<SanitizedMarkup> {
  const { held, rules } = holdStyles(markup);
  const content = purifier.sanitize(await parseMarkup(held, rules), config);
  if (expandedSize(content) > MOST_EXPANDED)
    throw new EmptyFormError(l10n.t('The drawings in this markup are too complex to be drawn.'));
  limitSpans(content);
  // An image from elsewhere would reveal that it was shown, so only its alternative text is kept.
  for (const image of content.querySelectorAll('img:not([src])')) {
    image.replaceWith(image.getAttribute('alt') ?? '');
  }
  for (const image of content.querySelectorAll('img')) if (!image.hasAttribute('alt')) image.alt = '';
  await checkImages(content);
  // The output must not decide where a link opens.
  for (const anchor of content.querySelectorAll('a[href]')) {
    anchor.setAttribute('title', anchor.getAttribute('href') ?? '');
  }
  return { content, rules };
}
