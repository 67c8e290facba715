import { expect, test } from 'vitest';
import { stepsCode } from '../../../src/data/stepsCode.js';

const filter = (name: string, kind: string, test: 'contains' | 'atLeast' | 'missing' | 'equals', value?: string) => ({
  column: 0,
  name,
  kind,
  test,
  ...(value === undefined ? {} : { value }),
});
const sort = [{ name: 'fare', descending: true }];

test('pandas: filters and a stable sort', () => {
  const code = (filters: Parameters<typeof stepsCode>[1]['filters'], by = sort): string | undefined =>
    stepsCode('trips', { kind: 'pandas.DataFrame', filters, sort: by });
  expect(code([])).toBe("trips.sort_values(['fare'], ascending=[False], kind='stable')");
  expect(code([filter('fare', 'float64', 'atLeast', '5')], [])).toBe("trips[trips['fare'] >= 5]");
  expect(code([filter("it's", 'str', 'equals', 'a\nb'), filter('x', 'Int64', 'missing')], [])).toBe(
    String.raw`trips[(trips['it\'s'] == 'a\nb') & (trips['x'].isna())]`,
  );
  expect(code([filter('when', 'datetime64[us]', 'atLeast', '2024-01-01')], [])).toBe(
    "trips[trips['when'] >= '2024-01-01']",
  );
});

test('polars: the same with expressions', () => {
  const steps = { kind: 'polars.dataframe.frame.DataFrame', sort };
  expect(stepsCode('pf', { ...steps, filters: [filter('zone', 'String', 'contains', 'Mit')] })).toBe(
    "pf.filter(pl.col('zone').cast(pl.String).str.to_lowercase().str.contains('mit', literal=True)).sort(['fare'], descending=[True], nulls_last=True, maintain_order=True)",
  );
});

test('a value of a number column that is no number stays a text, and other tables have no code', () => {
  const filters = [filter('n', 'int64', 'equals', '1); import os')];
  expect(stepsCode('t', { kind: 'pandas.DataFrame', filters, sort: [] })).toBe("t[t['n'] == '1); import os']");
  expect(stepsCode('t', { kind: 'list', filters: [], sort })).toBeUndefined();
});

test('expressions are the code that the user has written, after what the grid adds', () => {
  const expression = { column: -1, test: 'expression', name: '', kind: '' } as const;
  const fare = { column: 0, test: 'more', value: '3', name: 'fare', kind: 'float64' } as const;
  const filters = [{ ...expression, value: 'city == "Rome"' }, fare];
  const sort = [{ name: 'fare', descending: false }];
  expect(stepsCode('trips', { kind: 'pandas.DataFrame', filters, sort })).toBe(
    "trips[trips['fare'] > 3].query('city == \"Rome\"').sort_values(['fare'], ascending=[True], kind='stable')",
  );
  const polars = [
    { ...expression, value: "pl.col('city') == 'Rome'" },
    { ...fare, kind: 'Int64' },
  ];
  expect(stepsCode('trips', { kind: 'polars.dataframe.frame.DataFrame', filters: polars, sort: [] })).toBe(
    "trips.filter(pl.col('city') == 'Rome', pl.col('fare') > 3)",
  );
});
