/** One figure, beside what it is measured against in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** The bare machine, or a peer; absent when it could not be measured here. */
  readonly reference?: { readonly name: string; readonly value: number };
  readonly target?: Target;
  readonly note?: string;
}

/** A bound for our own figure, or for its ratio to the reference. */
export type Target =
  | { readonly ratioAtMost: number }
  | { readonly ratioAtLeast: number }
  /** So much more than the reference. */
  | { readonly moreAtMost: number }
  | { readonly atMost: number }
  | { readonly atLeast: number };

/** Rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const header = ['figure', 'ExtSession', 'beside', 'ratio', 'target', ''];
  const lines = rows.map((row) => [
    `${row.what}${row.note === undefined ? '' : ` (${row.note})`}`,
    `${shown(row.ours)} ${row.unit}`,
    row.reference ? `${row.reference.name}: ${shown(row.reference.value)} ${row.unit}` : '',
    row.reference ? `${shown(ratio(row))} x` : '',
    row.target ? targetText(row.target) : '',
    row.target ? (isMet(row) ? 'met' : 'MISSED') : '',
  ]);
  const widths = header.map((title, column) =>
    Math.max(...[header, ...lines].map((line) => (line[column] ?? title).length)),
  );
  const draw = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [draw(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(draw)].join('\n');
}

function ratio({ ours, reference }: Row): number {
  return reference ? ours / reference.value : NaN;
}

function isMet(row: Row): boolean {
  const { target } = row;
  if (!target) return true;
  if ('ratioAtMost' in target) return ratio(row) <= target.ratioAtMost;
  if ('ratioAtLeast' in target) return ratio(row) >= target.ratioAtLeast;
  if ('moreAtMost' in target) return row.ours - (row.reference?.value ?? NaN) <= target.moreAtMost;
  return 'atMost' in target ? row.ours <= target.atMost : row.ours >= target.atLeast;
}

function targetText(target: Target): string {
  if ('ratioAtMost' in target) return `at most ${String(target.ratioAtMost)} x`;
  if ('ratioAtLeast' in target) return `at least ${String(target.ratioAtLeast)} x`;
  if ('moreAtMost' in target) return `at most ${String(target.moreAtMost)} more`;
  return 'atMost' in target ? `at most ${String(target.atMost)}` : `at least ${String(target.atLeast)}`;
}

/** Three significant digits, without an exponent. */
function shown(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 3));
}
