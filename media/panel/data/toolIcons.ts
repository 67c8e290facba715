/** Lines of 16 by 16. */
const lines = {
  chevronDown: 'M3.5 6 8 10.5 12.5 6',
  chevronRight: 'M6 3.5 10.5 8 6 12.5',
  code: 'M5.5 4 1.5 8l4 4M10.5 4l4 4-4 4',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3',
  ellipsis: 'M3 7.5h1v1H3zM7.5 7.5h1v1h-1zM12 7.5h1v1h-1z',
  eyeClosed: 'M1.5 8Q8 1 14.5 8 8 15 1.5 8M3 13 13 3',
  filter: 'M1.5 2.5h13l-5 6v5h-3v-5z',
  graphLine: 'M2.5 2v11.5H14M4.5 11l3-4 3 2 3.5-5',
  listTree: 'M2 2.5h6M3.5 3v10H7M3.5 8H7M8 8h6M8 13h6',
  markdown: 'M1.5 12V4.5l3 4 3-4V12M12 4v8M9.5 9.5 12 12l2.5-2.5',
  pinned: 'm9.5 2 4.5 4.5-3.5 1.5-1.5 4L4 7l4-1.5zM6.5 9.5 2 14',
  save: 'M2.5 2.5h9l2 2v9h-11zM5 3v3h5V3M4.5 13V9h7v4',
  sortPrecedence: 'M4.5 2v11M2 10.5l2.5 3 2.5-3M9 3.5h5M9 8h3.5M9 12.5h2',
} as const;

export type ToolIcon = keyof typeof lines;

const SVG = 'http://www.w3.org/2000/svg';

/** The icon as decoration; the button has a label. */
export function toolIcon(name: ToolIcon): SVGSVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'i drawn');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', lines[name]);
  drawing.append(path);
  return drawing;
}
