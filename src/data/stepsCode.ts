import type { CodeSteps } from '../protocol/data.js';

type Filter = CodeSteps['filters'][number];

/** Code of pandas or polars for what a grid shows of a table; undefined for tables of other kinds. */
export function stepsCode(table: string, { kind, filters, sort }: CodeSteps): string | undefined {
  if (kind === 'pandas.DataFrame' || kind === 'pandas.core.frame.DataFrame') return pandasCode(table, filters, sort);
  return /^polars\..*DataFrame$/.test(kind) ? polarsCode(table, filters, sort) : undefined;
}

function pandasCode(table: string, filters: readonly Filter[], sort: CodeSteps['sort']): string {
  const masks = filters.filter(isCompared).map((filter) => pandasMask(table, filter));
  const mask = masks.length === 1 ? masks[0] : masks.map((one) => `(${one})`).join(' & ');
  const names = sort.map(({ name }) => quoted(name)).join(', ');
  const up = sort.map(({ descending }) => (descending ? 'False' : 'True')).join(', ');
  const queries = filters.filter((one) => !isCompared(one)).map(({ value = '' }) => `.query(${quoted(value)})`);
  const filtered = (masks.length === 0 ? table : `${table}[${mask ?? ''}]`) + queries.join('');
  return sort.length === 0 ? filtered : `${filtered}.sort_values([${names}], ascending=[${up}], kind='stable')`;
}

/** A filter that is no expression. */
type Compared = Filter & { readonly test: Exclude<Filter['test'], 'expression'> };

function isCompared(filter: Filter): filter is Compared {
  return filter.test !== 'expression';
}

function pandasMask(table: string, { column, name, kind, test, value = '' }: Compared): string {
  const contains = `.str.contains(${quoted(value)}, case=False, regex=False, na=False)`;
  if (column < 0) return `${table}.astype(str).apply(lambda column: column${contains}).any(axis=1)`;
  const series = `${table}[${quoted(name)}]`;
  if (test === 'missing') return `${series}.isna()`;
  if (test === 'present') return `${series}.notna()`;
  if (test === 'contains')
    return /^(str|string|object)/.test(kind) ? series + contains : `${series}.astype(str)${contains}`;
  const compared = `${series} ${operators[test]} ${literal(kind, value)}`;
  return test === 'differs' ? `(${compared}) & ${series}.notna()` : compared;
}

function polarsCode(table: string, filters: readonly Filter[], sort: CodeSteps['sort']): string {
  const tests = filters.map((one) => (isCompared(one) ? polarsTest(one) : (one.value ?? ''))).join(', ');
  const names = sort.map(({ name }) => quoted(name)).join(', ');
  const down = sort.map(({ descending }) => (descending ? 'True' : 'False')).join(', ');
  const filtered = filters.length === 0 ? table : `${table}.filter(${tests})`;
  if (sort.length === 0) return filtered;
  return `${filtered}.sort([${names}], descending=[${down}], nulls_last=True, maintain_order=True)`;
}

function polarsTest({ column, name, kind, test, value = '' }: Compared): string {
  const contains = `.cast(pl.String).str.to_lowercase().str.contains(${quoted(value.toLowerCase())}, literal=True)`;
  if (column < 0) return `pl.any_horizontal(pl.all()${contains})`;
  const series = `pl.col(${quoted(name)})`;
  const hasNaN = kind.startsWith('Float');
  if (test === 'missing') return hasNaN ? `${series}.is_null() | ${series}.is_nan()` : `${series}.is_null()`;
  if (test === 'present') return hasNaN ? `${series}.fill_nan(None).is_not_null()` : `${series}.is_not_null()`;
  if (test === 'contains') return series + contains;
  const compared = hasNaN ? `${series}.fill_nan(None)` : series;
  return `${compared} ${operators[test]} ${polarsLiteral(kind, value)}`;
}

const operators = { equals: '==', differs: '!=', less: '<', atMost: '<=', more: '>', atLeast: '>=' } as const;

function polarsLiteral(kind: string, value: string): string {
  if (kind.startsWith('Date')) return `pl.lit(${quoted(value)}).str.to_datetime()`;
  return literal(kind, value);
}

/** A value of a column as code: a number for numbers, and otherwise a text, which both libraries take for dates. */
function literal(kind: string, value: string): string {
  const text = value.trim();
  if (/^bool/i.test(kind)) return /^(true|1)$/i.test(text) ? 'True' : 'False';
  const isNumber = /^(u?int|float|decimal)/i.test(kind) && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
  return isNumber ? text : quoted(value);
}

/** A text as Python writes it. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll(/[\\']/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return `'${escaped}'`;
}
