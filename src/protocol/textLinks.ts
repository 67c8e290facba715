import { isSafeLink, type Line } from './panelEntries.js';

/** A part of a text that leads to a web page, or to a line of a file. */
export type TextLink = { readonly from: number; readonly to: number } & (
  | { readonly href: string }
  | { readonly file: string; readonly line: number }
);

const fileTypes =
  'py|pyw|pyi|pyx|pxd|ipynb|js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|c|cc|cpp|cxx|h|hpp|cu|rs|go|java|rb|jl|r|R|sh|sql|f90|' +
  'md|rst|txt|csv|json|toml|yaml|yml|cfg|ini|html|css';
/** As in the stacks of ES modules. */
const fileAddress = String.raw`\bfile:\/\/(?:localhost)?(\/[^\s<>"'\x60()\p{Cc}\p{Cf}]{1,1000}?):(\d{1,7})(?!\w)`;
const address = String.raw`\bhttps?:\/\/[^\s<>"'\x60\p{Cc}\p{Cf}]{1,2000}`;
/** As in warnings and in pytest's reports. Only a path that begins the text can have spaces. */
const place = String.raw`(?<![\p{L}\p{N}_/\\.~@%+-])((?:[A-Za-z]:)?[\p{L}\p{N}_/\\.~@+-]{1,1000}\.(?:${fileTypes})):(\d{1,7})(?!\w)`;
const leadingPlace = String.raw`^((?:[A-Za-z]:)?[/\\][^:"<>|\t]{1,1000}\.(?:${fileTypes})):(\d{1,7})(?=: )`;
/** As in tracebacks. */
const frame = String.raw`(?<=File )"([^"<>\n]{1,1000})", line (\d{1,7})`;
const link = new RegExp(`${fileAddress}|${address}|${leadingPlace}|${place}|${frame}`, 'gu');
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
    const [whole, inAddress, addressLine, leading, leadingLine, named, namedLine, inFrame, frameLine] = found;
    const from = found.index;
    const file = inAddress === undefined ? (leading ?? named ?? inFrame) : pathOf(inAddress);
    const line = Number(addressLine ?? leadingLine ?? namedLine ?? frameLine);
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

function pathOf(address: string): string {
  const path = address.replace(/^\/(?=[A-Za-z]:)/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What ends a sentence is no part of an address, nor is a bracket that was opened before it. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const isInside = opening !== undefined && count(found, opening, end) >= count(found, last, end);
    if (opening === undefined ? !/[.,;:!?*…»”’]/.test(last) : isInside) break;
  }
  return found.slice(0, end);
}

function count(text: string, character: string, end: number): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0 && at < end; at = text.indexOf(character, at + 1)) total++;
  return total;
}
