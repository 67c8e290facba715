import { verticesOf } from './expandedSize.js';
import { filterLayers } from './filterLayers.js';

/** In layers; each is one color on all of the canvas. */
const GRADIENT = 6;
const BOX_GRADIENT = 12;
const DOTTED = 50;
const PATTERN = 50;
const GROUP = 5;
const BLEND = 40;
const MASK = 30;
const CLIP = 10;
const CLIP_VERTEX = 0.01;
const DASH = 1 / 400;
/** An edge as long as a side of the canvas. */
const EDGE = 1 / 8;
/** Of a part that is drawn for each element that refers to it. */
const PART_VERTEX = 0.000_35;

/** What is painted on, in pixels. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
}

/** What an element takes: of where it is, wherever it is, and in its own units. */
interface Cost {
  readonly layers: number;
  readonly anywhere: number;
  readonly edges: number;
  readonly strokes: number;
}

const nothing: Cost = { layers: 0, anywhere: 0, edges: 0, strokes: 0 };
const kinds = ['layers', 'anywhere', 'edges', 'strokes'] as const;

/** Adds up, in layers, what elements take to paint. */
export class PaintCost {
  layers = 0;
  readonly #canvas: Canvas;
  readonly #pixels: number;
  readonly #byId: ReadonlyMap<string, Element>;
  readonly #costs = new Map<Element, Cost>();

  constructor(root: ParentNode, canvas: Canvas) {
    this.#canvas = canvas;
    this.#pixels = canvas.width * canvas.height;
    this.#byId = new Map([...root.querySelectorAll('svg [id]')].toReversed().map((element) => [element.id, element]));
  }

  /** Adds an element that is laid out, without those that it contains. */
  add(element: Element): void {
    const style = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const share = (Math.min(width, this.#canvas.width) * Math.min(height, this.#canvas.height)) / this.#pixels;
    if (element instanceof SVGGraphicsElement) {
      const { a, b } = element.getScreenCTM() ?? { a: 1, b: 0 };
      const unit = (a * a + b * b) / this.#pixels;
      const { layers, anywhere, edges, strokes } = this.#own(element, style);
      this.layers += layers * share + anywhere + edges * EDGE * Math.sqrt(unit) + strokes * unit;
      this.layers += this.#filter(style, (width * height) / this.#pixels, unit) + this.#markers(element, style, unit);
    } else if (!(element instanceof SVGElement)) {
      const gradients = style.backgroundImage.split('gradient(').length - 1;
      const isDotted = /dotted|dashed/.test(style.borderTopStyle + style.borderLeftStyle);
      this.layers += (BOX_GRADIENT * gradients + (isDotted ? DOTTED : 0)) * share;
    }
  }

  /** Finds out what an element that others refer to takes, with all that it contains. */
  read(element: Element): Cost {
    const known = this.#costs.get(element);
    if (known) return known;
    this.#costs.set(element, nothing); // a circle is not drawn
    const style = getComputedStyle(element);
    const parts = Array.from(element.children, (child) => this.read(child));
    const { layers, anywhere, edges, strokes } = added(this.#own(element, style), ...parts);
    const vertices = element instanceof SVGGeometryElement ? verticesOf(element) : 0;
    const scale = element instanceof SVGGraphicsElement ? scaleOf(element) : 1;
    const cost = {
      layers: layers + this.#filter(style, 1, 1),
      anywhere: anywhere + PART_VERTEX * vertices,
      edges: edges * scale,
      strokes: strokes * scale * scale,
    };
    this.#costs.set(element, cost);
    return cost;
  }

  targetOf(reference: string): Element | undefined {
    return this.#byId.get(/#([^'")]+)/.exec(reference)?.[1] ?? '');
  }

  /** With what it uses, but not what it contains. */
  #own(element: Element, style: CSSStyleDeclaration): Cost {
    const fill = this.#paint(style.fill);
    const stroke = this.#paint(style.stroke);
    const together = this.#together(element, style);
    const used = element instanceof SVGUseElement ? this.targetOf(element.href.baseVal) : undefined;
    const tiles = [this.#tile(style.fill), this.#tile(style.stroke)];
    if (used) {
      const cost = this.read(used);
      return added({ ...cost, layers: together + cost.layers * Math.max(1, fill) }, ...tiles);
    }
    if (element instanceof SVGImageElement) return { ...nothing, layers: together + 1 };
    const isText = element instanceof SVGTextContentElement;
    if (!isText && !(element instanceof SVGGeometryElement)) return { ...nothing, layers: together };
    const length = lengthOf(element, style);
    const width = Number.parseFloat(style.strokeWidth);
    const own = {
      layers: together + (isText ? 2 * (fill + stroke) : fill),
      anywhere: stroke > 0 ? DASH * dashesOf(element, style, length) : 0,
      edges: isText ? 0 : length * (Math.sign(fill) + (stroke > 0 && width > 1 ? 2 : 0)),
      strokes: stroke * length * width,
    };
    return added(own, ...tiles);
  }

  /** What it takes to draw a pattern once, as for each element that is painted with it; its area is counted apart. */
  #tile(value: string): Cost {
    const server = value === 'none' ? undefined : this.targetOf(value);
    return server instanceof SVGPatternElement ? { ...this.read(server), layers: 0 } : nothing;
  }

  /** What is done to an element and all in it. */
  #together(element: Element, style: CSSStyleDeclaration): number {
    const mask = this.targetOf(style.mask);
    const clip = this.targetOf(style.clipPath);
    const isGroup = element.childElementCount > 0 || element instanceof SVGUseElement;
    return (
      (style.isolation === 'auto' ? 0 : GROUP) +
      (style.opacity !== '1' && isGroup ? GROUP : 0) +
      (style.mixBlendMode === 'normal' ? 0 : BLEND) +
      (mask ? MASK + this.read(mask).layers : 0) +
      (clip?.querySelector(':scope > :not(rect)')
        ? Array.from(clip.children, verticesOf).reduce((sum, count) => sum + CLIP_VERTEX * count, CLIP)
        : 0)
    );
  }

  #paint(value: string): number {
    if (value === 'none') return 0;
    const server = this.targetOf(value);
    if (!server) return 1;
    return server instanceof SVGPatternElement ? PATTERN + this.read(server).layers : GRADIENT;
  }

  #filter(style: CSSStyleDeclaration, share: number, unit: number): number {
    const filter = this.targetOf(style.filter);
    return filter ? filterLayers(filter, share, unit) : 0;
  }

  #markers(element: Element, style: CSSStyleDeclaration, unit: number): number {
    let sum = 0;
    for (const value of [style.markerStart, style.markerMid, style.markerEnd]) {
      const marker = this.targetOf(value);
      if (!(marker instanceof SVGMarkerElement)) continue;
      const { layers, anywhere } = this.read(marker);
      const side = marker.markerWidth.baseVal.value * Math.max(1, Number.parseFloat(style.strokeWidth));
      sum += verticesOf(element) * (layers * Math.min(1, side * side * unit) + anywhere);
    }
    return sum;
  }
}

function added(...costs: readonly Cost[]): Cost {
  const sum = { ...nothing };
  for (const cost of costs) for (const kind of kinds) sum[kind] += cost[kind];
  return sum;
}

function scaleOf({ transform: { baseVal } }: SVGGraphicsElement): number {
  let scale = 1;
  for (let index = 0; index < baseVal.length; index++) {
    const { a, b } = baseVal.getItem(index).matrix;
    scale *= Math.hypot(a, b);
  }
  return scale;
}

/** In its own units; of letters, at most so much. */
function lengthOf(element: SVGGeometryElement | SVGTextContentElement, { fontSize }: CSSStyleDeclaration): number {
  if (element instanceof SVGTextContentElement) return 6 * element.textContent.length * Number.parseFloat(fontSize);
  try {
    return element.getTotalLength();
  } catch {
    return 0; // it has no outline
  }
}

function dashesOf(element: Element, { strokeDasharray }: CSSStyleDeclaration, length: number): number {
  const dashes = strokeDasharray.split(/[, ]+/).map((dash) => Number.parseFloat(dash));
  const sum = dashes.reduce((total, dash) => total + dash, 0);
  return sum > 0 ? ((Number(element.getAttribute('pathLength')) || length) * dashes.length) / sum : 0;
}
