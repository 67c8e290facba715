import { AnsiParser } from '../panel/terminal/ansiParser.js';
import { TextScreen } from '../panel/terminal/textScreen.js';
import type { Line } from '../protocol/panelEntries.js';
import { plainLine } from '../protocol/plainLine.js';

/** In characters, of one output. */
const MOST = 2_000_000;
const bounds = { headLines: 20_000, headCharacters: MOST, tailLines: 20_000, tailCharacters: MOST };

/** Text of a terminal as the lines that a user would see; those in the middle of a very long one are only counted. */
export function terminalLines(text: string): { readonly lines: readonly Line[]; readonly gap?: Gap } {
  const screen = new TextScreen(bounds);
  screen.write(text.length > 2 * MOST ? text.slice(0, MOST) + text.slice(-MOST) : text, new AnsiParser());
  const { head, tail, total } = screen.block();
  const omitted = total - head.length - tail.length;
  return { lines: [...head, ...tail], ...(omitted > 0 ? { gap: { after: head.length, omitted } } : {}) };
}

/** Lines that are left out. */
export interface Gap {
  readonly after: number;
  readonly omitted: number;
}

/** What a terminal would show, without its colors. */
export function plainText(text: string): string {
  const { lines, gap } = terminalLines(text);
  const shown = lines.map(plainLine);
  if (gap) shown.splice(gap.after, 0, `[… ${String(gap.omitted)} …]`);
  return shown.join('\n');
}
