/** Two sentences, of which the first may end without a full stop, as titles do, and the second may be missing. */
export function sentences(first: string, second: string): string {
  if (second === '') return first;
  return /[.!?…。！？]$/.test(first) ? `${first} ${second}` : `${first}. ${second}`;
}
