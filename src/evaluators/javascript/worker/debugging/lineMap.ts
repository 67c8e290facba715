/** No file that anybody debugs has more. */
const MOST_LINES = 100_000;

/** The first column of the first line of the source, and that of the next line. */
const [FIRST, NEXT] = ['AAAA', 'AACA'];
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

interface Lines {
  readonly url: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * The source map of code that differs from its file, but has its lines: commands, and files without their types.
 * Without it, debuggers show the code that runs instead of the file. Empty for code that has none.
 */
export function lineMap({ url, startLine, endLine }: Lines): string {
  const lines = endLine - startLine + 1;
  if (!url.startsWith('file:') || url.includes('/node_modules/') || lines > MOST_LINES) return '';
  const first = startLine === 0 ? FIRST : `AA${digits(startLine)}A`;
  const mappings = [first, ...Array.from({ length: lines - 1 }, () => NEXT)].join(';');
  const map = { version: 3, sources: [url.replace(/[?#].*$/, '')], names: [], mappings };
  return `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

/** A positive number in the base 64 of source maps: five bits a digit, the lowest first. */
function digits(value: number): string {
  let [left, text] = [value << 1, ''];
  do {
    const digit = left & 31;
    left >>= 5;
    text += DIGITS[left > 0 ? digit | 32 : digit] ?? '';
  } while (left > 0);
  return text;
}
