export interface TableSize {
  /** Such as '5 × 3'. */
  readonly size: string;
  /** The names of the first columns. */
  readonly columns: readonly string[];
  /** Whether there are more. */
  readonly isCut: boolean;
}

interface Head {
  readonly name: string;
  readonly span: number;
}

const MOST_COLUMNS = 12;
const MOST_HEADER_ROWS = 20;
/** Bounded, so that the time is linear. */
const head = /<th\b([^<>]{0,300})>([^]{0,300}?)<\/th>/gi;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** The size of the table of a data frame in HTML, and the names of its columns; undefined if there is no table. */
export function tableSize(html: string): TableSize | undefined {
  const from = html.indexOf('<thead');
  const to = html.indexOf('</thead>', from);
  if (from < 0 || to < 0) return undefined;
  const body = html.slice(to);
  const header = html.slice(from, to);
  const labels = labelsBefore(header, body);
  const rows = header
    .split('</tr>', MOST_HEADER_ROWS)
    .map((row) => headsOf(row, labels))
    .filter((heads) => heads.some(({ name }) => name !== ''));
  const names = (rows.at(-1) ?? []).map(({ name }) => name);
  const columns = names.filter((name) => !/^(?:…|\.\.\.)?$/.test(name));
  const spanned = (rows[0] ?? []).reduce((sum, { span }) => sum + span, 0);
  const stated =
    /<p>\s*(\d+) rows? × (\d+) columns?\s*<\/p>/.exec(html) ??
    /<small>shape: \(([\d_,]+), ([\d_,]+)\)<\/small>/.exec(html);
  const height = stated?.[1] ?? String((body.match(/<tr\b/gi) ?? []).length);
  const width = stated?.[2] ?? String(Math.max(columns.length, spanned));
  const isCut = columns.length > MOST_COLUMNS || names.some((name) => /^(?:…|\.\.\.)$/.test(name));
  return { size: `${plain(height)} × ${plain(width)}`, columns: columns.slice(0, MOST_COLUMNS), isCut };
}

/**
 * How many cells at the beginning of each row are labels: those of the first row of the body, or those above labels.
 */
function labelsBefore(header: string, body: string): number {
  const row = /<tr\b[^]{0,100000}?<\/tr>/i.exec(body)?.[0];
  if (row !== undefined) return [...row.matchAll(head)].length;
  const [, , first = ''] = [...header.matchAll(head)][0] ?? [];
  return textOf(first) === '' ? 1 : 0;
}

function headsOf(row: string, labels: number): Head[] {
  const heads = Array.from(row.matchAll(head), ([, attributes = '', name = '']) => ({
    name: textOf(name),
    span: Math.min(Number(/\bcolspan="?(\d{1,6})/i.exec(attributes)?.[1] ?? 1), 1_000_000),
  }));
  return heads.slice(labels);
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
