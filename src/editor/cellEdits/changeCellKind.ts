import type { Cell } from '../cells/cells.js';
import { insertion, type CellEdit, type LineChange } from './cellEdit.js';
import { contentAs, contentOf, headLength } from './cellContent.js';
import { beginningOf, isDatabricks, isHeadless, type CellPlace } from './cellPlace.js';

/** Makes the current cells ones of text or of code; undefined if they are already. */
export function changeCellKind(place: CellPlace, kind: Cell['kind']): CellEdit | undefined {
  const changes = place.block
    .filter(({ cell }) => cell.kind !== kind)
    .flatMap((current) => changesOf({ ...place, current }, kind));
  return changes.length > 0 ? { changes } : undefined;
}

function changesOf(place: CellPlace, kind: Cell['kind']): LineChange[] {
  const { current, marker } = place;
  const { start, cell } = current;
  const first = cell.isUnmarked ? start : start + 1;
  const content = () => changedLines(first, contentOf(place, current), contentAs(place, current, kind));
  if (isHeadless(place, current)) return [insertion(start, beginningOf(place, kind)), ...content()];
  if (isDatabricks(marker)) {
    const lines = contentAs(place, current, kind);
    const head = headLength(lines);
    const heading = kind === 'code' ? [] : beginningOf(place, kind).slice(1);
    return [
      { from: first, to: current.contentEnd, lines: [...lines.slice(0, head), ...heading, ...lines.slice(head)] },
    ];
  }
  return [{ from: start, to: start + 1, lines: [markerLine(place, kind)] }, ...content()];
}

/** The type stands directly behind the marker, where all tools look for it. */
function markerLine({ lines, current, marker, markerAt }: CellPlace, kind: Cell['kind']): string {
  const line = lines[current.start] ?? '';
  if (/^#\s*<(?:code|markdown)cell>/.test(line)) return `# <${kind === 'code' ? 'code' : kind}cell>`;
  const { lead = marker, rest = '' } = markerAt(current.start) ?? {};
  const sign = /In\s?\[/.test(lead) ? marker : lead;
  const type = kind === 'code' ? '' : ` [${kind}]`;
  return `${sign}${type}${rest.replace(/\s*\[(?:markdown|md|raw|code)\]|^\s*(?:md|raw)(?=\s*(?:\{.*)?$)/i, '')}`;
}

/** One change for each line, so that marks of other lines stay. */
function changedLines(start: number, before: readonly string[], after: readonly string[]): LineChange[] {
  if (before.length !== after.length) return [{ from: start, to: start + before.length, lines: after }];
  return after.flatMap((line, index) =>
    line === before[index] ? [] : [{ from: start + index, to: start + index + 1, lines: [line] }],
  );
}
