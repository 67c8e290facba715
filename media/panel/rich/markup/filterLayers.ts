import { repeatedEffects } from './repeatedEffects.js';

/** In layers of what the filter covers. */
const EFFECT = 200;
const SLOW_EFFECT = 5000;

const slow = /^fe(?:Turbulence|Morphology|ConvolveMatrix|DisplacementMap|\w+Lighting|Tile|Image)$/;

/**
 * How many layers of the canvas a filter takes: applied to `share` of it, where a square of one unit of the drawing is
 * `unit` of it. Unlike all else, a filter also takes time beyond the edges of the canvas.
 */
export function filterLayers(filter: Element, share: number, unit: number): number {
  let region = filter.getAttribute('filterUnits') === 'userSpaceOnUse' ? unit : share;
  for (const side of ['width', 'height']) {
    const value = filter.getAttribute(side) ?? '120%';
    region *= Math.abs(Number.parseFloat(value)) / (value.includes('%') ? 100 : 1);
  }
  return (
    [...filter.children].reduce(
      (sum, { localName }) => sum + region * (slow.test(localName) ? SLOW_EFFECT : EFFECT),
      0,
    ) * repeatedEffects(filter)
  );
}
