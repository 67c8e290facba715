/** Such as the entries of `Map(2) { … }`, whose type and size stand before it. */
export function withoutType(summary: string, type: string): string {
  if (!summary.startsWith(type)) return summary;
  return /^(?:\(\d+\))? ?([[{(].*)$/s.exec(summary.slice(type.length))?.[1] ?? summary;
}
