import { DATA_TYPE } from '../../protocol/data.js';
import type { MimeBundle } from '../../protocol/output.js';
import {
  drawnTypes,
  FIGURE_TYPE,
  LONGEST_FIGURE,
  PLOTLY_SCRIPT_TYPE,
  PLOTLY_TYPE,
  type DrawnType,
  type Form,
  type Forms,
} from '../../protocol/panelForms.js';
import { MOST_PIXELS, type ImageSize } from '../../protocol/rasterSize.js';
import { imageSize } from './imageSize.js';

/**
 * Data of up to this many characters is sent with the part. The webview requests longer data when it is about to be
 * visible.
 */
const SHORT_DATA = 32_000;
/** They say nothing to the user. */
const silentTypes: ReadonlySet<string> = new Set(['text/plain', PLOTLY_SCRIPT_TYPE, FIGURE_TYPE, DATA_TYPE]);
/** The panel only keeps a form while it is near the view, so it counts less than text, which stays. */
const WEIGHT = 1 / 16;
const MOST_UNDRAWN = 8;
const LONGEST_TYPE = 100;
/** Of an image, in pixels. */
const LONGEST_SIDE = 100_000;

const images: ReadonlySet<DrawnType> = new Set<DrawnType>(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/**
 * The maximum size in characters that the panel can draw without blocking for long. Images are decoded in the
 * background.
 */
const mostDrawn = { image: 16_000_000, source: 400_000 };

/** The forms of a value in addition to its text. */
export class ValueForms {
  readonly #data = new Map<DrawnType, string>();
  readonly #drawn: Form[] = [];
  readonly #undrawn: string[];

  constructor(bundle: MimeBundle) {
    for (const mime of drawnTypes) {
      const data = mime in bundle && canBeDrawn(mime, bundle) ? dataOf(mime, bundle[mime]) : undefined;
      if (data === undefined || data.trim() === '') continue;
      this.#data.set(mime, data);
      this.#drawn.push({ ...formOf(mime, data), ...scriptsOf(mime, data, bundle), ...figureOf(mime, bundle) });
    }
    this.#undrawn = Object.keys(bundle)
      .filter((mime) => !silentTypes.has(mime) && !canBeDrawn(mime, bundle))
      .slice(0, MOST_UNDRAWN)
      .map((mime) => mime.slice(0, LONGEST_TYPE));
  }

  /** The size that counts towards the limit of the model, in characters. */
  get characters(): number {
    let sum = 0;
    for (const data of this.#data.values()) sum += data.length * WEIGHT;
    return Math.round(sum);
  }

  data(mime: DrawnType): string | undefined {
    return this.#data.get(mime);
  }

  /** The forms as sent to the panel, with data of up to `longest` characters; undefined if there is only text. */
  block(longest = SHORT_DATA): Forms | undefined {
    if (this.#drawn.length === 0 && this.#undrawn.length === 0) return undefined;
    const drawn = this.#drawn.map((form) => {
      const data = form.tooBig || form.size > longest ? undefined : this.#data.get(form.mime);
      return data === undefined ? form : { ...form, data };
    });
    return { drawn, undrawn: this.#undrawn };
  }
}

export function isImage(mime: DrawnType): boolean {
  return images.has(mime);
}

export function isDrawn(mime: string): mime is DrawnType {
  return (drawnTypes as readonly string[]).includes(mime);
}

/** A Plotly figure needs the script that draws it. */
function canBeDrawn(mime: string, bundle: MimeBundle): boolean {
  return isDrawn(mime) && (mime !== PLOTLY_TYPE || typeof bundle[PLOTLY_SCRIPT_TYPE] === 'string');
}

function scriptsOf(mime: DrawnType, data: string, bundle: MimeBundle): Pick<Form, 'scripts' | 'plotlyScript'> {
  const plotlyScript = bundle[PLOTLY_SCRIPT_TYPE];
  if (mime === PLOTLY_TYPE && typeof plotlyScript === 'string') return { scripts: true, plotlyScript };
  return mime === 'text/html' && /<script\b/i.test(data) ? { scripts: true } : {};
}

function figureOf(mime: DrawnType, bundle: MimeBundle): Pick<Form, 'figure'> {
  const figure = bundle[FIGURE_TYPE];
  const isPicture = isImage(mime) || mime === 'image/svg+xml';
  return isPicture && typeof figure === 'string' && figure.length <= LONGEST_FIGURE ? { figure } : {};
}

function formOf(mime: DrawnType, data: string): Form {
  const size = mime.startsWith('image/') ? imageSize(mime, data) : undefined;
  const isLong = data.length > (isImage(mime) ? mostDrawn.image : mostDrawn.source);
  const isHuge = isImage(mime) && size !== undefined && size.width * size.height > MOST_PIXELS;
  return {
    mime,
    size: data.length,
    ...(size && isPlausible(size) ? size : {}),
    ...(isLong || isHuge ? { tooBig: true } : {}),
  };
}

function isPlausible({ width, height }: ImageSize): boolean {
  return [width, height].every((length) => length > 0 && length <= LONGEST_SIDE);
}

/** Text can come as lines, as in a notebook file. A structure that is too deep to be serialized is ignored. */
function dataOf(mime: DrawnType, value: unknown): string | undefined {
  if (mime === 'application/json' || mime === PLOTLY_TYPE) return jsonText(value);
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : undefined;
}

function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
