import { types } from 'node:util';
import type { Cell } from '../../../../protocol/data.js';
import { integerText, isShort } from '../inspection/integers.js';
import { summaryOf } from '../inspection/summary.js';
import { smallPicture } from './pictures.js';

/** There is nothing at this place. */
export const noCell: Cell = ['m', ''];

/* As they were before code of the user could replace them. */
const { apply } = Reflect;
const { toISOString, getTime } = Object.getOwnPropertyDescriptors(Date.prototype);

/** A value as a cell: exact, short, and told without running code of the user. */
export function cellOf(value: unknown, limit: number): Cell {
  switch (typeof value) {
    case 'string':
      return value.length <= limit ? value : ['c', value.slice(0, limit)];
    case 'number':
      return Number.isNaN(value) ? ['m', 'NaN'] : ['n', numberText(value)];
    case 'bigint':
      return isShort(value) ? ['n', String(value)] : ['o', integerText(value)];
    case 'boolean':
      return ['v', String(value)];
    case 'undefined':
      return ['m', 'undefined'];
    case 'object':
      if (value === null) return ['m', 'null'];
      return objectCell(value, limit);
    case 'function':
    case 'symbol':
      return ['o', summaryOf(value).slice(0, limit)];
  }
}

function objectCell(value: object, limit: number): Cell {
  if (types.isProxy(value)) return ['o', summaryOf(value).slice(0, limit)];
  if (types.isDate(value)) return dateCell(value);
  const picture = smallPicture(value);
  return picture === undefined ? ['o', summaryOf(value).slice(0, limit)] : ['i', picture];
}

/** A value that is of the type of its column. */
export function typedCell(value: number | bigint): Cell {
  if (typeof value === 'bigint') return String(value);
  return Number.isNaN(value) ? ['m', 'NaN'] : numberText(value);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function dateCell(date: Date): Cell {
  const time = apply(getTime.value as () => number, date, []);
  return Number.isNaN(time) ? ['m', 'Invalid Date'] : ['v', apply(toISOString.value as () => string, date, [])];
}
