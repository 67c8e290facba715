/** Text that only shows through a little is meant to be hidden; other text is to be read. */
const OPAQUE = ' / calc(alpha * 4)';

/**
 * The declarations for the colors that an output gives to text and its background, so that it can be read in every
 * theme. Empty for a color that is not given.
 */
export function readableColors(color: string, background: string): [property: string, value: string][] {
  // One half of a pair was chosen for somebody's white page: adapted to the theme, it can be read on every page.
  if (background === '') return color === '' ? [] : [['color', readableColor(color, OPAQUE)]];
  if (color !== '')
    return [
      ['color', color],
      ['background-color', background],
    ];
  const plain: [string, string][] = [
    ['background-color', mixed(background)],
    ['color', 'var(--fg)'],
  ];
  if (isRelative(background)) return plain;
  // of the colors within
  return [...plain, ['--least-light', 'var(--least-light-on-tint)'], ['--most-light', 'var(--most-light-on-tint)']];
}

/**
 * As light as the theme requires, in the same hue. Colors that the display cannot show would be clipped, so they pale.
 */
export function readableColor(color: string, alpha = ''): string {
  if (isRelative(color)) return color;
  return `oklch(from ${color} clamp(var(--least-light), l, var(--most-light)) min(c, var(--most-chroma)) h${alpha})`;
}

function mixed(color: string): string {
  return isRelative(color) ? color : `color-mix(in srgb, ${color} 22%, var(--bg))`;
}

function isRelative(color: string): boolean {
  return /^(?:inherit|initial|unset|revert|transparent|currentcolor)/i.test(color);
}
