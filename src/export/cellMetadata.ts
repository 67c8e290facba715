import type { SheetCell } from './sheet.js';

/*
 * What a percent file says of a cell besides its code, in the line of its marker, as Jupytext does: a title, then the
 * kind in brackets, then names with JSON values (https://jupytext.readthedocs.io/en/latest/formats-scripts.html).
 */

const NAME = /^[A-Za-z_][\w.-]*$/;
/** In characters: longer values do not belong into a line that users read. */
const LONGEST_VALUE = 300;
/** What tools keep in a notebook for themselves. */
const ofTools = /^(?:collapsed|scrolled|trusted|execution|ExecuteTime|jupyter|vscode|editable|jp-.*|id)$/;

/** The line of a marker after its sign. */
export function writeMetadata(cell: SheetCell): string {
  const { kind, id, metadata = {} } = cell;
  const { title } = metadata;
  const named = Object.entries(metadata).filter(([name, value]) => name !== 'title' && isShown(name, value));
  if (id !== undefined) named.push(['id', id]);
  return [
    ...(isShown('title', title) ? [String(title).trim()] : []),
    ...(kind === 'code' ? [] : [`[${kind}]`]),
    ...named.map(([name, value]) => `${name}=${JSON.stringify(value)}`),
  ]
    .map((part) => ` ${part}`)
    .join('');
}

/** What the marker does not say. */
export function hiddenMetadata({ metadata = {} }: SheetCell): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).filter(([name, value]) => !isShown(name, value)));
}

function isShown(name: string, value: unknown): boolean {
  if (name === 'title') return typeof value === 'string' && /^[^\n[\]{}="]{1,200}$/.test(value);
  return NAME.test(name) && !ofTools.test(name) && JSON.stringify(value).length <= LONGEST_VALUE;
}

/** The names and values of a marker. What is no JSON belongs to the title. */
export function readMetadata(rest: string): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  const starts = [...rest.matchAll(/(?:^|\s)([A-Za-z_][\w.-]*)=/g)];
  for (let index = 0; index < starts.length; index++) {
    const [start, name = ''] = starts[index] ?? [];
    const from = (starts[index]?.index ?? 0) + (start?.length ?? 0);
    for (let next = index + 1; next <= starts.length; next++) {
      const value = parsed(rest.slice(from, starts[next]?.index ?? rest.length));
      if (value === undefined) continue;
      if (name !== '__proto__') metadata[name] = value;
      index = next - 1; // what looks like a name may stand in the value
      break;
    }
  }
  return metadata;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
