import type { Cell, Head } from '../../../src/protocol/data.js';
import { shownText } from './cellText.js';

const NARROWEST = 48;
const WIDEST = 360;
const PADDING = 18;
/** How much wider a name is than plain text. */
const BOLD = 1.1;
const CELLS_LOOKED_AT = 100;

/** Measures text without laying it out. */
export type Measure = (text: string) => number;

/** A width that shows the head of a column and its first cells, if they are not long. */
export function columnWidth(head: Head, cells: readonly Cell[], measure: Measure): number {
  const texts = cells.slice(0, CELLS_LOOKED_AT).map(shownText);
  const longest = texts.reduce((most, text) => (text.length > most.length ? text : most), '');
  const widest = Math.max(measure(head[0]) * BOLD, measure(head[1]), measure(longest));
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, widest + PADDING)));
}

/** Measures in the font of an element. */
export function measureIn(element: HTMLElement): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 8;
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => context.measureText(text.slice(0, 200)).width;
}
