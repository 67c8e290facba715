import { isSafeLink, type Run, type TextStyle } from '../protocol/panelEntries.js';
import { escaped } from './escaped.js';
import { terminalLines } from './plainText.js';

/** Terminal text as markup, with its colors. */
export function textMarkup(text: string): string {
  const { lines, gap } = terminalLines(text.trimEnd());
  const shown = lines.map((line) => (typeof line === 'string' ? escaped(line) : line.runs.map(runMarkup).join('')));
  if (gap) shown.splice(gap.after, 0, `<span class="gap">… ${String(gap.omitted)} …</span>`);
  return shown.join('\n');
}

function runMarkup(run: Run): string {
  if (typeof run === 'string') return escaped(run);
  const [text, style] = run;
  const [names, css] = looks(style);
  const attributes = (names === '' ? '' : ` class="${names}"`) + (css === '' ? '' : ` style="${css}"`);
  const { href } = style;
  if (href !== undefined && isSafeLink(href)) return `<a href="${escaped(href)}"${attributes}>${escaped(text)}</a>`;
  return `<span${attributes}>${escaped(text)}</span>`;
}

/** The first 16 colors are those of the page, for light and dark; the others are fixed. */
function looks({ fg, bg, ...flags }: TextStyle): [names: string, css: string] {
  const names = (['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const).filter((flag) => flags[flag]);
  const css: string[] = [];
  const all: string[] = [...names];
  if (fg !== undefined) (fg < 16 ? all : css).push(fg < 16 ? `f${String(fg % 8)}` : `color:${paletteColor(fg)}`);
  if (bg !== undefined) (bg < 16 ? all : css).push(bg < 16 ? `b${String(bg % 8)}` : `background:${paletteColor(bg)}`);
  return [all.join(' '), css.join(';')];
}

/** The colors from 16 to 255 of xterm: a cube of six levels, then shades of gray. */
function paletteColor(index: number): string {
  if (index >= 232)
    return `rgb(${Array(3)
      .fill(8 + (index - 232) * 10)
      .join()})`;
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level).join()})`;
}
