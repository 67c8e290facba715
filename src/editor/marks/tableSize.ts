export interface TableSize {
  /** Such as '5 × 3'. */
  readonly size: string;
  /** The names of the first columns. */
  readonly columns: readonly string[];
}

const MOST_COLUMNS = 12;
/** Bounded, so that the time is linear. */
const head = /<th\b[^<>]{0,300}>([^]{0,300}?)<\/th>/gi;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** The size of the table of a data frame in HTML, and the names of its columns; undefined if there is no table. */
export function tableSize(html: string): TableSize | undefined {
  const from = html.indexOf('<thead');
  const to = html.indexOf('</thead>', from);
  if (from < 0 || to < 0) return undefined;
  const [firstRow = ''] = html.slice(from, to).split('</tr>', 1);
  const body = html.slice(to);
  const names = Array.from(firstRow.matchAll(head), ([, name = '']) => textOf(name));
  const columns = names.filter((name) => name !== '' && name !== '…' && name !== '...');
  const stated =
    /<p>\s*(\d+) rows? × (\d+) columns?\s*<\/p>/.exec(html) ??
    /<small>shape: \(([\d_,]+), ([\d_,]+)\)<\/small>/.exec(html);
  const rows = stated?.[1] ?? String((body.match(/<tr\b/gi) ?? []).length);
  const width = stated?.[2] ?? String(columns.length);
  return { size: `${plain(rows)} × ${plain(width)}`, columns: columns.slice(0, MOST_COLUMNS) };
}

function plain(count: string): string {
  return count.replaceAll(/[_,]/g, '');
}

function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .trim();
}
