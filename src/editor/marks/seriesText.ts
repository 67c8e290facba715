/** In pandas, between the labels and the values of a Series. */
const GAP = 3;

/** A Series, or another array, as pandas writes it: its type and its values, without the labels. */
export function seriesText(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findLastIndex((line) => /(?:^|, )dtype: /.test(line));
  const about = lines[end] ?? '';
  const [, type] = /(?:^|, )dtype: (.+)$/.exec(about) ?? [];
  if (type === undefined || !/^(?:Categories |$)/.test(lines[end + 1] ?? '')) return undefined;
  const stated = /(?:^|, )Length: (\d+)/.exec(about)?.[1];
  const [, arrayType] = /^<(\w+)>$/.exec(lines[0] ?? '') ?? [];
  if (arrayType !== undefined) {
    const values = lines.slice(1, end).map((line) => line.trim());
    return `${arrayType} ${stated ?? '?'} (${type}): ${values.join(' ')}`;
  }
  const values = valuesOf(lines.slice(0, end)) ?? valuesOf(lines.slice(1, end));
  if (!values) return undefined;
  const shown = values.map((value) => (/^\.+$/.test(value) ? '…' : value)).join(', ');
  return `Series ${stated ?? String(values.length)} (${type}): ${shown}`;
}

/** What stands behind the first columns that are blank in all rows. */
function valuesOf(lines: readonly string[]): string[] | undefined {
  const rows = lines.map((line) => Array.from(line.trimEnd()));
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  for (let column = 1, blank = 0; column < width; column++) {
    blank = rows.every((row) => (row[column] ?? ' ') === ' ') ? blank + 1 : 0;
    if (blank < GAP) continue;
    const [first = '', ...others] = rows.map((row) => row.slice(column).join('').trim());
    const isName = first === '' && lines[0]?.trim() !== '0'; // of the labels
    return isName ? others : [first, ...others];
  }
  return undefined;
}
