import type { CellDetail, CellRequest } from '../../../../protocol/data.js';
import { detailed } from '../inspection/namespace.js';
import { summaryOf } from '../inspection/summary.js';
import { follow, partsOf } from '../inspection/parts.js';
import { typeOf } from '../inspection/typeOf.js';
import { cellOf, noCell } from './cells.js';
import { pictureOf } from './pictures.js';
import { ABSENT } from './own.js';
import type { Source } from './source.js';

const PAGE = 100;
const LONGEST = 100_000;
const MOST_OF_PICTURE = 4_000_000;

/** A cell as a whole: its text, its picture, and what it consists of, a page at a time. Undefined if it is gone. */
export function detailOf(source: Source, row: number, request: CellRequest): CellDetail | undefined {
  const { column, path = [], start = 0 } = request;
  const value = source.value(row, column);
  if (value === ABSENT) return { type: '', cell: noCell, total: 0, items: [] };
  const found = follow({ value }, path, summaryOf);
  if (!found) return undefined;
  if (!('value' in found)) return { type: 'accessor', cell: ['o', '…'], total: 0, items: [] };
  const parts = partsOf(found.value, summaryOf);
  const image = path.length === 0 ? pictureOf(found.value, MOST_OF_PICTURE) : undefined;
  return {
    type: typeOf(found.value),
    cell: cellOf(found.value, LONGEST),
    total: parts.total,
    items: parts
      .read(start, start + PAGE)
      .map(({ label, property }) =>
        'value' in property ? detailed(label, property.value) : { name: label, type: 'accessor' },
      ),
    ...(image === undefined ? {} : { image }),
  };
}
