import { isSafeLink, type Line } from './panelEntries.js';

/** A part of a text that leads to a web page, or to a line of a file. */
export type TextLink = { readonly from: number; readonly to: number } & (
  | { readonly href: string }
  | { readonly file: string; readonly line: number }
);

const fileTypes = 'py|pyw|pyi|pyx|ipynb|js|mjs|cjs|jsx|ts|mts|cts|tsx';
const address = String.raw`\bhttps?:\/\/[^\s<>"'\x60\p{Cc}\p{Cf}]{1,2000}`;
/** As in warnings and in pytest's reports. Only a path that begins the text can have spaces. */
const place = String.raw`(?<![\w/\\.~@+-])((?:[A-Za-z]:)?[\w/\\.~@+-]{1,1000}\.(?:${fileTypes})):(\d{1,7})(?!\w)`;
const leadingPlace = String.raw`^((?:[A-Za-z]:)?[/\\][^:"<>|\t]{1,1000}\.(?:${fileTypes})):(\d{1,7})(?=: )`;
/** As in tracebacks. */
const frame = String.raw`(?<=File )"([^"<>\n]{1,1000})", line (\d{1,7})`;
const link = new RegExp(`${address}|${leadingPlace}|${place}|${frame}`, 'gu');
/** Whether a text is worth a closer look. */
const promising = /:\/\/|:\d|line \d/;
/** In characters. */
const LONGEST = 20_000;
const MOST = 100;

/** The links in a text, as a terminal finds them. */
export function textLinks(text: string): TextLink[] {
  if (!promising.test(text)) return [];
  const links: TextLink[] = [];
  for (const found of text.slice(0, LONGEST).matchAll(link)) {
    const [whole, leading, leadingLine, named, namedLine, inFrame, frameLine] = found;
    const from = found.index;
    const file = leading ?? named ?? inFrame;
    const line = Number(leadingLine ?? namedLine ?? frameLine);
    if (file !== undefined) links.push({ from, to: from + whole.length, file, line });
    else {
      const href = withoutPunctuation(whole);
      if (isSafeLink(href)) links.push({ from, to: from + href.length, href });
    }
    if (links.length === MOST) break;
  }
  return links;
}

/** The files that a line of output names, in order. Runs that already are links are left out. */
export function placesIn(line: Line): { readonly file: string; readonly line: number }[] {
  const runs = typeof line === 'string' ? [line] : line.runs;
  const texts = runs.map((run) => (typeof run === 'string' ? run : run[1].href === undefined ? run[0] : ''));
  return texts.flatMap(textLinks).filter((found) => 'file' in found);
}

/** What ends a sentence is no part of an address, nor is a bracket that was opened before it. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    if (opening === undefined ? !/[.,;:!?*]/.test(last) : found.slice(0, end - 1).includes(opening)) break;
  }
  return found.slice(0, end);
}
