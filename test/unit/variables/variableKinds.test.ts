import { describe, expect, test } from 'vitest';
import { isPlottable, isSettable, variableKind } from '../../../src/variables/variableKinds.js';

describe('a variable', () => {
  test.each([
    ['pandas.DataFrame', 'table'],
    ['pandas.core.series.Series', 'table'],
    ['numpy.ndarray', 'table'],
    ['pyarrow.lib.Table', 'table'],
    ['scipy.sparse._csr.csr_matrix', 'table'],
    ['Float64Array', 'table'],
    ['list', 'collection'],
    ['Array', 'collection'],
    ['Map', 'collection'],
    ['collections.OrderedDict', 'collection'],
    ['int', 'simple'],
    ['numpy.float64', 'simple'],
    ['datetime.date', 'simple'],
    ['undefined', 'simple'],
    ['__main__.Model', 'object'],
    ['Pet', 'object'],
  ])('of type %s is of the kind %s', (type, kind) => {
    expect(variableKind({ name: 'x', type })).toBe(kind);
  });

  test('that is a function, class or module is of that kind', () => {
    expect(variableKind({ name: 'f', type: 'function', kind: 'function' })).toBe('function');
  });

  test('can be set if its value can be typed', () => {
    const settable = (type: string, code = 'x'): boolean => isSettable({ name: 'x', type }, code);
    expect(['int', 'str', 'boolean', 'NoneType', 'numpy.int64'].every((type) => settable(type))).toBe(true);
    expect(settable('int', 'rows[3]')).toBe(true);
    expect(settable('list')).toBe(false);
    expect(settable('number', 'map.get("key")')).toBe(false);
  });

  test('can be plotted if it has one or two dimensions and is not empty', () => {
    const plottable = (type: string, size?: string): boolean =>
      isPlottable({ name: 'x', type, ...(size === undefined ? {} : { size }) });
    expect(plottable('numpy.ndarray', '3')).toBe(true);
    expect(plottable('pandas.core.series.Series', '200')).toBe(true);
    expect(plottable('numpy.ndarray', '3 x 4')).toBe(true);
    expect(plottable('numpy.ndarray', '3 x 4 x 5')).toBe(false);
    for (const type of ['Array', 'Float64Array']) expect(plottable(type, '3')).toBe(true);
    expect(plottable('list', '0')).toBe(false);
    expect(plottable('dict', '3')).toBe(false);
    expect(plottable('numpy.ndarray')).toBe(false);
  });
});
